import Dispatch
import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesOrderTests {
  let host: ServicesFixture

  init() throws {
    host = try ServicesFixture()
  }

  @Test func everyNameOfTheProtocolHasItsService() throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../src/protocol/guest.ts").standardizedFileURL
    let text = try String(contentsOf: source, encoding: .utf8)
    let list = try #require(text.range(of: "export const hostCallNames = ["))
    let names = text[list.upperBound...].prefix { $0 != "]" }.split(separator: "\"")
      .filter { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." } }
    #expect(services.keys.sorted() == names.map(String.init).sorted())
  }

  @Test func callsOfSeveralThreadsAreAnsweredOnceAndInTheirOrder() async throws {
    let event = host.openTermination()
    let (threads, each) = (8, 125)
    let calls = Locked<[StartedServiceCall]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in 0..<each {
        let call = host.start("notify", ["name": .string("\(thread) \(index)")])
        calls.withLock { $0.append(call) }
      }
    }
    let closed = await host.close(event)
    let replies = calls.withLock { $0 }.map(\.replies)
    #expect(replies == Array(repeating: [.success(value: .null)], count: threads * each))
    let posted = host.posted.withLock { $0 }
    #expect(closed.notifications == posted)
    for thread in 0..<threads {
      let own = closed.notifications.filter { $0.hasPrefix("\(thread) ") }
      #expect(own == (0..<each).map { "\(thread) \($0)" })
    }
  }

  @Test func aCallSeesWhatTheOneBeforeItDid() async throws {
    let event = host.openTermination()
    let written = host.start("storage.write", ["path": .string("a"), "text": .string("1")])
    let read = host.start("storage.read", ["path": .string("a")])
    let set = host.start("settings.set", ["key": .string("k"), "value": .integer(1)])
    let got = host.start("settings.get", ["key": .string("k")])
    for call in [written, set] { #expect(await call.reply == .success(value: .null)) }
    #expect(await read.reply == .success(value: .string("1")))
    #expect(await got.reply == .success(value: .integer(1)))
    _ = await host.close(event)
  }

  @Test func theManagerIsAskedInTheOrderOfTheCallsAndHoldsUpNoOthers() async throws {
    let gate = DispatchSemaphore(value: 0)
    host.system.answers.withLock { $0.gate = gate }
    let event = host.openTermination()
    let names = (0..<20).map { "d\($0)" }
    let scheduling = names.map { host.start("downloadManager.schedule", ["download": download($0)]) }
    #expect(await host.call("storage.write", ["path": .string("a"), "text": .string("1")]).code == nil)
    #expect(scheduling.flatMap(\.replies) == [])
    for _ in names { gate.signal() }
    for call in scheduling { #expect(await call.reply.code == nil) }
    #expect(host.system.calls == names.map { "schedule \($0)" })
    _ = await host.close(event)
  }

  @Test func theEndWaitsForCallsThatHadStarted() async throws {
    let gate = DispatchSemaphore(value: 0)
    host.system.answers.withLock { $0.gate = gate }
    let event = host.openTermination()
    let scheduling = host.start("downloadManager.schedule", ["download": download("d")])
    let host = host
    async let closed: Void = {
      _ = await host.close(event)
      host.system.record("closed \(scheduling.replies.count)")
    }()
    await host.waitForTheEnd()
    gate.signal()
    await closed
    #expect(host.system.calls == ["schedule d", "closed 1"])
  }

  @Test func nativeFunctionsDoNotHoldUpTheEnd() async throws {
    let (stream, go) = AsyncStream.makeStream(of: Void.self)
    let host = try ServicesFixture(nativeFunctions: [
      "wait": { _ in
        for await _ in stream {}
        return .string("late")
      }
    ])
    let event = host.openTermination()
    let calling = host.start("native.call", ["name": .string("wait"), "args": .null])
    _ = await host.close(event)
    #expect(calling.replies.isEmpty)
    go.finish()
    #expect(await calling.reply == .success(value: .string("late")))
  }

  @Test func theEndOfAChallengeWaitsForItsOwnCallsOnly() async throws {
    let gate = DispatchSemaphore(value: 0)
    host.system.answers.withLock { $0.gate = gate }
    let (event, challenge) = (host.openTermination(), host.openChallenge())
    let scheduling = host.start("downloadManager.schedule", ["download": download("d")])
    _ = await host.call("notify", ["name": .string("n")])
    #expect(await host.close(challenge).notifications == [])
    #expect(scheduling.replies.isEmpty)
    gate.signal()
    #expect(await host.close(event).notifications == ["n"])
    #expect(scheduling.replies.count == 1)
  }

  @Test func outsideOfEventsEverythingIsRefused() async throws {
    let refusal = GuestError(
      code: "BA_EVENT_ENDED", message: "storage.encrypt was called outside a callback.",
      hint: "Await every call before the callback returns.")
    #expect(await host.call("storage.encrypt") == .failure(error: refusal))
    let event = host.openChallenge()
    #expect(await host.call("storage.encrypt").code == "BA_UNKNOWN_HOST_CALL")
    #expect(await host.call("notify", ["name": .string("n")]).code == nil)
    #expect(await host.close(event).notifications == ["n"])
    #expect(await host.call("storage.encrypt") == .failure(error: refusal))
  }

  private func download(_ identifier: String) -> JSONValue {
    .object([
      "identifier": .string(identifier), "request": .object(["url": .string("https://assets.example.com/a")]),
      "fileSize": .integer(1), "essential": .bool(false), "priority": .string("default"),
    ])
  }
}
