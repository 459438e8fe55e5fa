import BAExtension
import BAMessages
import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// Each call of the system to `JSDownloaderExtension` reaches the handler, and its answer the system.
  @Suite struct UnmanagedTests {
    let device: TestDevice
    let principal: Unmanaged

    @MainActor init() throws {
      device = try TestDevice()
      principal = Unmanaged()
    }

    private func requestDownloads(
      _ request: BAContentRequest, info: BAAppExtensionInfo = unrestricted
    ) throws -> Set<BADownload> {
      let manifest = try device.file("mani fest.json", "{}")
      return ExtensionTests.requestDownloads(of: principal, for: request, manifest: manifest, info: info)
    }

    @Test func downloads() throws {
      device.install { _, stage in
        stage.yield(message("a", essential: true))
        stage.yield(message("b", url: "https://example.com/ä b"))
        return .done
      }
      let info = BAAppExtensionInfo(
        restrictedDownloadSizeRemaining: 7, restrictedEssentialDownloadSizeRemaining: -1)
      let objects = try requestDownloads(.install, info: info).compactMap { $0 as? BAURLDownload }
      #expect(Set(objects.map(\.identifier)) == ["a", "b"])
      #expect(objects.first { $0.identifier == "a" }?.isEssential == true)
      let other = objects.first { $0.identifier == "b" }
      #expect(other?.transfer?.request.url?.absoluteString == "https://example.com/%C3%A4%20b")
      #expect(other?.transfer?.applicationGroupIdentifier == "group.com.example")

      guard case .downloads(let event)? = device.events.first else { throw NotSent(device.events) }
      #expect(event.contentRequest == .install && event.essentialAllowed)
      #expect(event.manifest.size == 2)
      #expect(
        event.info
          == ExtensionInfo(restrictedDownloadSizeRemaining: 7, restrictedEssentialDownloadSizeRemaining: 0))
    }

    /// Requests that are younger than this code pass with their number.
    @Test(arguments: [
      (1, "install"), (2, "update"), (3, "periodic"), (4, "languageChange"), (5, "unknown"), (-7, "unknown"),
    ])
    func contentRequests(rawValue: Int, name: String) throws {
      device.install { _, _ in .done }
      _ = try requestDownloads(try #require(BAContentRequest(rawValue: rawValue)))
      guard case .downloads(let event)? = device.events.first else { throw NotSent(device.events) }
      #expect(event.contentRequest.rawValue == name && event.contentRequestRawValue == rawValue)
    }

    @Test func failures() throws {
      device.install { _, _ in .done }
      let error = NSError(
        domain: NSURLErrorDomain, code: -1001, userInfo: [NSLocalizedDescriptionKey: "Too slow.", "statusCode": 504])
      deliverFailure(error, of: urlDownload("level", essential: true), to: principal)
      deliverFailure(error, of: manifestDownload(), to: principal)
      let events = try device.events.map { event in
        guard case .downloadFailed(let failed) = event else { throw NotSent([event]) }
        return failed
      }
      #expect(events.map(\.download.identifier) == ["level", "manifest"])
      #expect(events.map(\.download.kind) == [.url, .manifest])
      #expect(events.map(\.download.essential) == [true, false])
      #expect(events.map(\.download.state) == [.created, .failed])
      #expect(
        events.first?.error
          == DownloadError(
            domain: NSURLErrorDomain, code: -1001, name: "timedOut", message: "Too slow.", underlying: nil,
            userInfo: ["statusCode": .integer(504)]))
    }

    @Test func aFinishedFileIsClaimed() throws {
      let file = try device.file("download.tmp", "content")
      device.install { event, stage in
        guard case .downloadFinished(let finished) = event else { return .threw }
        let args: [String: JSONValue] = [
          "token": .string(finished.file.token), "path": .string("Levels/1.bin"), "place": .string("container"),
        ]
        guard case .success = stage.call("file.moveTo", args) else { return .threw }
        return .done
      }
      deliver(file, of: urlDownload("level"), to: principal)
      let moved = device.container.appending(path: "Levels/1.bin")
      #expect(try String(contentsOf: moved, encoding: .utf8) == "content")
      #expect(!FileManager.default.fileExists(atPath: file.path(percentEncoded: false)))
      #expect(device.observations.isEmpty)
    }

    /// The system deletes the file when the call returns: one that the handler failed with is out of its reach by then.
    @Test func aFinishedFileIsKeptWhenTheHandlerFails() throws {
      let file = try device.file("download.tmp", "content")
      device.install { _, _ in .threw }
      deliver(file, of: urlDownload("level"), to: principal)
      #expect(!FileManager.default.fileExists(atPath: file.path(percentEncoded: false)))
      let kept = FileManager.default.enumerator(at: device.container, includingPropertiesForKeys: nil)?
        .compactMap { $0 as? URL }.filter { (try? Data(contentsOf: $0)) == Data("content".utf8) }
      #expect(kept?.count == 1)
      #expect(device.observations.map(\.error.code).contains("BA_HANDLER_THREW"))
    }

    @Test func termination() {
      device.install { _, _ in .done }
      terminate(principal)
      #expect(device.events == [.extensionWillTerminate])
    }

    @Test(arguments: [
      (JSONValue.object(["disposition": .string("performDefaultHandling")]), ChallengeAnswer.performDefaultHandling),
      (.object(["disposition": .string("cancelChallenge")]), .cancelChallenge),
      (.object(["disposition": .string("rejectProtectionSpace")]), .rejectProtectionSpace),
      (
        .object([
          "disposition": .string("useCredential"),
          "credential": .object([
            "user": .string("me"), "password": .string("secret"), "persistence": .string("permanent"),
          ]),
        ]), .useCredential(credential: .init(user: "me", password: "secret", persistence: .permanent))
      ),
    ])
    func challenges(returned: JSONValue, answer: ChallengeAnswer) async throws {
      device.install { _, stage in
        stage.hooks.onLog(.info, "The password is secret.")
        return .returned(returned)
      }
      let (disposition, credential) = await deliver(
        challenge(previousFailureCount: 1), of: manifestDownload(), to: principal)
      #expect(ChallengeAnswer(disposition, credential) == answer)
      guard case .didReceiveChallenge(let event)? = device.events.first else { throw NotSent(device.events) }
      #expect(event.challenge == Challenge(challenge(previousFailureCount: 1)))
      #expect(event.download.kind == .manifest)
      let isTold = device.logs.contains { $0.message.contains("secret") }
      #expect(isTold == (answer.credential == nil))
    }

    /// Two calls, one engine; the lines of the log say what each came to.
    @Test func oneEngineForAllCalls() throws {
      device.install { _, stage in
        stage.hooks.onLog(.default, "hello")
        return .answered(.notImplemented)
      }
      #expect(try requestDownloads(.periodic).isEmpty)
      terminate(principal)
      #expect(device.guests.count == 1)
      #expect(device.logs.filter { $0.source == .handler }.map(\.message) == ["hello", "hello"])
      let own = device.logs.filter { $0.source == .principal }.map(\.message)
      #expect(own.count == 2)
      #expect(own.first?.hasPrefix("downloads: notImplemented after ") == true)
      #expect(own.last?.hasPrefix("extensionWillTerminate: notImplemented after ") == true)
    }
  }
}

/// Another event came, or none.
struct NotSent: Error {
  let events: [GuestEvent]

  init(_ events: [GuestEvent]) {
    self.events = events
  }
}
