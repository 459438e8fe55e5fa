import BAExtension
import BAMessages
import BAPrincipal
import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// Whoever calls the extension can hear what became of the call.
  @Suite struct ReplyTests {
    let device: TestDevice
    let principal: Unmanaged

    @MainActor init() throws {
      device = try TestDevice()
      principal = Unmanaged()
    }

    private func replies(_ call: () -> Void) -> [PrincipalReply] {
      let heard = Locked<[PrincipalReply]>([])
      ExtensionPrincipal.$onReply.withValue({ reply in heard.withLock { $0.append(reply) } }, operation: call)
      return heard.withLock { $0 }
    }

    @Test func oneForEachCall() throws {
      device.install { _, stage in
        stage.yield(message("a"))
        return .threw
      }
      let manifest = try device.file("manifest", "{}")
      let heard = replies {
        _ = requestDownloads(of: principal, for: .install, manifest: manifest, info: unrestricted)
        terminate(principal)
      }
      #expect(heard.map(\.answer) == [.downloads(downloads: []), .done])
      #expect(heard.map(\.outcome) == [.failed, .failed])
      #expect(heard.map { $0.observations.map(\.error.code) } == [["BA_HANDLER_THREW"], ["BA_HANDLER_THREW"]])
      // They are the listener's to report.
      #expect(device.observations.isEmpty)
      terminate(principal)
      #expect(device.observations.count == 1)
    }

    /// The principal checks an answer with the same rules, so this is for what it would overlook.
    @Test func aDownloadThatCannotBeMadeIsTakenOut() throws {
      device.install { _, _ in .done }
      var reply = try #require(replies { terminate(principal) }.first)
      let policy = RequestRecord(url: "https://example.com/b", cachePolicy: "sometimes")
      var unmade = message("b")
      unmade.request = policy
      reply.answer = .downloads(downloads: [message("a", url: "nothing"), message("good"), unmade])
      let made = ScheduledDownloads(reply: &reply, group: "group.com.example")
      #expect(made.objects.map(\.identifier) == ["good"])
      #expect(reply.answer == .downloads(downloads: [message("good")]))
      #expect(reply.observations.map(\.error.code) == ["BA_DOWNLOAD_INVALID", "BA_DOWNLOAD_INVALID"])
      #expect(reply.observations.allSatisfy { $0.callback == "downloads" && $0.severity == .error })
      #expect(reply.observations.map(\.error.message).first?.contains("\"a\"") == true)
    }

    @Test func fromTheMainThread() {
      device.install { _, _ in .done }
      let principal = ExtensionPrincipal(isMainThread: { true })
      defer { principal.shutDown() }
      let calls = ExtensionCalls(of: Unmanaged.self, mode: .unmanaged, principal: principal)
      #expect(replies { calls.extensionWillTerminate() }.map(\.outcome) == [.answered])
    }

    @Test func ofAChallenge() async {
      device.install { _, _ in .returned(.object(["disposition": .string("cancelChallenge")])) }
      let heard = Locked<[PrincipalReply]>([])
      let principal = principal
      _ = await ExtensionPrincipal.$onReply.withValue({ reply in heard.withLock { $0.append(reply) } }) {
        await deliver(challenge(), of: manifestDownload(), to: principal)
      }
      #expect(heard.withLock { $0 }.map(\.answer) == [.challenge(answer: .cancelChallenge)])
    }
  }
}
