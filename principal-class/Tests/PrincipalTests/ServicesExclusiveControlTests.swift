import Dispatch
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesExclusiveControlTests {
  let host: ServicesFixture
  var system: ServicesSystem { host.system }

  init() throws {
    host = try ServicesFixture()
  }

  private func nextRequest() async throws -> ServicesSystem.Request {
    try #require(await system.nextRequest())
  }

  @Test func isHadAndGivenBack() async throws {
    let event = host.openTermination()
    let acquiring = host.acquire(before: .integer(1_700_000_001_000))
    let request = try await nextRequest()
    #expect(request.before == 1_700_000_001_000)
    #expect(acquiring.replies.isEmpty)
    request.answer(nil)
    #expect(await acquiring.reply == .success(value: .null))
    #expect(await host.release() == .success(value: .null))
    #expect(await host.release() == .success(value: .null))
    #expect(system.calls == ["acquire", "release"])
    _ = await host.close(event)
    #expect(system.calls == ["acquire", "release"])
  }

  @Test func isRefused() async throws {
    let event = host.openTermination()
    let acquiring = host.acquire()
    let request = try await nextRequest()
    #expect(request.before == nil)
    request.answer(ServicesSystem.refusal("busy"))
    let refusal = GuestError(code: "BA_EXCLUSIVE_CONTROL", message: "Exclusive control was not to be had: busy")
    #expect(await acquiring.reply == .failure(error: refusal))
    #expect(await host.release() == .success(value: .null))
    _ = await host.close(event)
    #expect(system.calls == ["acquire"])
  }

  @Test func isAskedForOnceAtATime() async throws {
    let event = host.openTermination()
    let nested = GuestError(
      code: "BA_EXCLUSIVE_CONTROL", message: "Exclusive control is held or asked for in this process already.")
    let acquiring = host.acquire()
    #expect(await host.acquire().reply == .failure(error: nested))
    try await nextRequest().answer(nil)
    #expect(await acquiring.reply.code == nil)
    #expect(await host.acquire().reply == .failure(error: nested))
    _ = await host.close(event)
    #expect(system.calls == ["acquire", "release"])
  }

  @Test func oneThatIsNeverHadEndsWithTheEventAndIsGivenBackWhenItComesLate() async throws {
    let event = host.openTermination()
    let acquiring = host.acquire()
    let request = try await nextRequest()
    _ = await host.close(event)
    let tooLate = GuestError(
      code: "BA_EXCLUSIVE_CONTROL", message: "The callback ended before exclusive control was had.")
    #expect(await acquiring.reply == .failure(error: tooLate))
    #expect(system.calls == ["acquire"])

    // The next event asks, and has it: what came late is given back before.
    request.answer(nil)
    let next = host.openTermination()
    let again = host.acquire()
    try await nextRequest().answer(nil)
    #expect(await again.reply.code == nil)
    #expect(system.calls == ["acquire", "release", "acquire"])
    _ = await host.close(next)
    #expect(system.calls == ["acquire", "release", "acquire", "release"])
  }

  @Test func aLateRefusalChangesNothing() async throws {
    let event = host.openTermination()
    _ = host.acquire()
    let request = try await nextRequest()
    _ = await host.close(event)
    request.answer(ServicesSystem.refusal("busy"))
    let next = host.openTermination()
    let again = host.acquire()
    try await nextRequest().answer(nil)
    #expect(await again.reply.code == nil)
    #expect(system.calls == ["acquire", "acquire"])
    _ = await host.close(next)
  }

  @Test func anAnswerThatCrossesTheEndIsGivenBackOnce() async throws {
    for _ in 0..<100 {
      let event = host.openTermination()
      let acquiring = host.acquire()
      let request = try await nextRequest()
      async let closed = host.close(event)
      request.answer(nil)
      _ = await closed
      _ = await acquiring.reply
    }
    let last = host.openTermination()
    let acquiring = host.acquire()
    try await nextRequest().answer(nil)
    _ = await acquiring.reply
    #expect(system.calls == Array(repeating: ["acquire", "release"], count: 100).flatMap { $0 } + ["acquire"])
    _ = await host.close(last)
  }

  @Test func anAnswerOnTheWayToTheLoopIsGivenBack() async throws {
    let loop = DispatchQueue(label: "loop")
    let control = ExclusiveControl(system: system, loop: loop, queue: DispatchQueue(label: "queue"))
    let answers = Locked<[String?]>([])
    loop.sync { control.acquire(before: nil) { error in answers.withLock { $0.append(error?.message) } } }
    let request = try await nextRequest()
    await withCheckedContinuation { ended in
      loop.sync {
        request.answer(nil)
        control.end { ended.resume() }
      }
    }
    let heard = answers.withLock { $0 }
    #expect(heard == ["The callback ended before exclusive control was had."])
    #expect(system.calls == ["acquire", "release"])
  }

  @Test func aChallengeAloneHasControlToo() async throws {
    let challenge = host.openChallenge()
    let acquiring = host.acquire()
    try await nextRequest().answer(nil)
    #expect(await acquiring.reply.code == nil)
    _ = await host.close(challenge)
    #expect(system.calls == ["acquire", "release"])
  }
}
