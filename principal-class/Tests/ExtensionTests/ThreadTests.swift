import BAExtension
import BAMessages
import BAPrincipal
import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// The system may call from any thread, and from several.
  @Suite struct ThreadTests {
    let device: TestDevice
    let principal: Unmanaged

    @MainActor init() throws {
      device = try TestDevice()
      principal = Unmanaged()
    }

    /// On the main thread nothing but waiting happens. (Tests have none on Linux, where another thread plays it.)
    @Test(arguments: [true, false]) func theMainThread(isMain: Bool) throws {
      let threads = Locked<[pthread_t]>([])
      device.install { _, stage in
        threads.withLock { $0.append(pthread_self()) }
        stage.yield(message("a"))
        return .done
      }
      let principal = ExtensionPrincipal(isMainThread: { isMain })
      defer { principal.shutDown() }
      let calls = ExtensionCalls(of: Unmanaged.self, mode: .unmanaged, principal: principal)
      let manifest = try device.file("manifest", "{}")
      let objects = calls.downloads(for: .install, manifestURL: manifest, extensionInfo: unrestricted)
      #expect(objects.map(\.identifier) == ["a"])
      #expect(threads.withLock { $0.map { $0 == pthread_self() } } == [!isMain])
    }

    @Test func aThousandCallsFromManyThreads() throws {
      device.install { event, stage in
        switch event {
        case .downloads: stage.yield(message("a"))
        case .downloadFinished(let finished):
          let args: [String: JSONValue] = [
            "token": .string(finished.file.token), "path": .string("Files/\(finished.download.identifier)"),
            "place": .string("container"),
          ]
          guard case .success = stage.call("file.moveTo", args) else { return .threw }
        default: break
        }
        return .done
      }
      let manifest = try device.file("manifest", "{}")
      let files = try (0..<250).map { try device.file("\($0).tmp", "\($0)") }
      let answers = Locked(0)
      DispatchQueue.concurrentPerform(iterations: 16) { thread in
        for call in stride(from: thread, to: 1000, by: 16) {
          let number = call / 4
          switch call % 4 {
          case 0:
            let objects = requestDownloads(of: principal, for: .periodic, manifest: manifest, info: unrestricted)
            if objects.map(\.identifier) == ["a"] { answers.withLock { $0 += 1 } }
          case 1: deliver(files[number], of: urlDownload("\(number)"), to: principal)
          case 2: deliverFailure(URLError(.timedOut), of: urlDownload("failed \(number)"), to: principal)
          default: terminate(principal)
          }
        }
      }
      #expect(answers.withLock { $0 } == 250)
      #expect(device.guests.count == 1)
      #expect(device.events.count == 1000)
      for number in 0..<250 {
        let moved = device.container.appending(path: "Files/\(number)")
        #expect(try String(contentsOf: moved, encoding: .utf8) == "\(number)")
      }
      #expect(device.observations.map(\.error.code) == [])
    }

    /// More tasks than Swift's pool has threads, and each answer takes a function that runs there.
    @Test(.timeLimit(.minutes(1))) func challengesOfManyTasks() async {
      let running = Locked((now: 0, most: 0))
      ExtensionPrincipal.shared.shutDown()
      let function: NativeFunction = { argument in
        await Task.yield()
        return argument
      }
      let installed = device.device(nativeFunctions: ["echo": function]) { event, stage in
        guard case .didReceiveChallenge(let asked) = event else { return .threw }
        running.withLock { $0 = ($0.now + 1, max($0.now + 1, $0.most)) }
        defer { running.withLock { $0.now -= 1 } }
        let echo = stage.call("native.call", ["name": .string("echo"), "args": .bool(true)])
        guard echo == .success(value: .bool(true)) else { return .threw }
        return .returned(
          .object([
            "disposition": .string("useCredential"),
            "credential": .object([
              "user": .string(asked.download.identifier), "password": .string("p"), "persistence": .string("none"),
            ]),
          ]))
      }
      Device.install { () throws(DeviceFailure) -> Device in installed }
      let principal = principal
      let users = await withTaskGroup(of: String?.self) { group in
        for number in 0..<200 {
          group.addTask {
            let (_, credential) = await deliver(challenge(), of: urlDownload("user \(number)"), to: principal)
            return credential?.user == "user \(number)" ? credential?.user : nil
          }
        }
        return await group.reduce(into: Set<String>()) { users, user in user.map { _ = users.insert($0) } }
      }
      #expect(users.count == 200)
      // A thread for each would be too many for a small process.
      #expect(running.withLock(\.most) <= 8)
    }

    /// A challenge that waits holds up neither other tasks nor the next challenge.
    @Test func aChallengeThatWaits() async {
      let isAsked = AsyncStream.makeStream(of: Void.self)
      let mayAnswer = DispatchSemaphore(value: 0)
      device.install { event, _ in
        guard case .didReceiveChallenge(let asked) = event else { return .threw }
        if asked.download.identifier == "slow" {
          isAsked.continuation.yield()
          mayAnswer.wait()
        }
        return .returned(.object(["disposition": .string("cancelChallenge")]))
      }
      let principal = principal
      async let slow = deliver(challenge(), of: urlDownload("slow"), to: principal)
      for await _ in isAsked.stream { break }
      let quick = await deliver(challenge(), of: urlDownload("quick"), to: principal)
      #expect(quick.0 == .cancelAuthenticationChallenge)
      mayAnswer.signal()
      #expect(await slow.0 == .cancelAuthenticationChallenge)
    }
  }
}
