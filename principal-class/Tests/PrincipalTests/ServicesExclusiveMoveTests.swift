import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesExclusiveMoveTests {
  let host: ServicesFixture
  var system: ServicesSystem { host.system }

  init() throws {
    host = try ServicesFixture()
  }

  private func move(_ identifier: String = "a") -> StartedServiceCall {
    host.start(
      "file.moveTo",
      ["token": .string("unique-\(identifier)"), "path": .string("moved-\(identifier)"), "exclusive": .bool(true)])
  }

  private func nextRequest() async throws -> ServicesSystem.Request {
    try #require(await system.nextRequest())
  }

  @Test func aMoveIsUnderControlOfItsOwn() async throws {
    let event = try host.openFinished()
    let moving = move()
    let request = try await nextRequest()
    #expect(request.before == nil)
    await host.settle()
    #expect(host.text(of: "Library/Caches/moved-a") == nil)
    request.answer(nil)
    #expect(await moving.reply.code == nil)
    #expect(host.text(of: "Library/Caches/moved-a") == "content")
    #expect(system.calls == ["acquire", "release"])
    _ = await host.close(event)
  }

  @Test func aMoveThatFailsGivesControlBack() async throws {
    let event = try host.openFinished()
    try host.write("", to: "Library/Caches/moved-a/file")
    let moving = move()
    try await nextRequest().answer(nil)
    #expect(await moving.reply.code == "BA_PATH_INVALID")
    #expect(system.calls == ["acquire", "release"])
    _ = await host.close(event)
  }

  @Test func aMoveRunsUnderTheHandlersControl() async throws {
    let event = try host.openFinished()
    let (acquiring, moving) = (host.acquire(), move())
    let request = try await nextRequest()
    await host.settle()
    #expect(moving.replies.isEmpty)
    request.answer(nil)
    #expect(await acquiring.reply.code == nil)
    #expect(await moving.reply.code == nil)
    #expect(system.calls == ["acquire"])
    #expect(await host.release().code == nil)
    #expect(system.calls == ["acquire", "release"])
    _ = await host.close(event)
  }

  @Test func aMoveAsksItselfWhenTheHandlerWasRefused() async throws {
    let event = try host.openFinished()
    let (acquiring, moving) = (host.acquire(), move())
    try await nextRequest().answer(ServicesSystem.refusal("busy"))
    #expect(await acquiring.reply.code == "BA_EXCLUSIVE_CONTROL")
    try await nextRequest().answer(nil)
    #expect(await moving.reply.code == nil)
    #expect(system.calls == ["acquire", "acquire", "release"])
    _ = await host.close(event)
  }

  @Test func theHandlersRequestWaitsForAMove() async throws {
    let event = try host.openFinished()
    let (moving, acquiring, nested) = (move(), host.acquire(), host.acquire())
    let request = try await nextRequest()
    await host.settle()
    #expect(system.calls == ["acquire"])
    request.answer(nil)
    #expect(await moving.reply.code == nil)
    try await nextRequest().answer(nil)
    #expect(await acquiring.reply.code == nil)
    #expect(await nested.reply.code == "BA_EXCLUSIVE_CONTROL")
    #expect(system.calls == ["acquire", "release", "acquire"])
    _ = await host.close(event)
    #expect(system.calls == ["acquire", "release", "acquire", "release"])
  }

  @Test func aMoveThatWaitsDoesNotHoldUpTheEndOfItsEvent() async throws {
    let event = try host.openFinished()
    let (moving, acquiring) = (move(), host.acquire())
    let request = try await nextRequest()
    #expect(await host.close(event).claim == nil)
    #expect(await moving.reply.code == "BA_EXCLUSIVE_CONTROL")
    #expect(await acquiring.reply.code == "BA_EXCLUSIVE_CONTROL")
    request.answer(nil)
    #expect(host.text(of: "Library/Caches/moved-a") == nil)
    #expect(system.calls.filter { $0 == "acquire" } == ["acquire"])
  }

  @Test func whatIsHeldStaysUntilTheLastEventButChallengesEnds() async throws {
    let (one, other) = (host.openTermination(), try host.openFinished())
    let challenge = host.openChallenge()
    let acquiring = host.acquire()
    try await nextRequest().answer(nil)
    #expect(await acquiring.reply.code == nil)
    _ = await host.close(one)
    #expect(system.calls == ["acquire"])
    // Under the control that is held still.
    #expect(await move().reply.code == nil)
    let second = host.openChallenge()
    _ = await host.close(second)
    #expect(system.calls == ["acquire"])
    _ = await host.close(other)
    #expect(system.calls == ["acquire", "release"])
    _ = await host.close(challenge)
    #expect(system.calls == ["acquire", "release"])
  }

  @Test func theEndOfOneEventWithdrawsItsMovesOnly() async throws {
    let (one, other) = (try host.openFinished("a"), try host.openFinished("b"))
    let (moving, waiting) = (move("a"), move("b"))
    let request = try await nextRequest()
    _ = await host.close(one)
    #expect(await moving.reply.code == "BA_EXCLUSIVE_CONTROL")
    try await nextRequest().answer(nil)
    #expect(await waiting.reply.code == nil)
    #expect(host.text(of: "Library/Caches/moved-b") == "content")
    request.answer(nil)
    _ = await host.close(other)
    #expect(host.text(of: "Library/Caches/moved-a") == nil)
  }

  @Test func aMoveThatWaitsInLineEndsWithItsEvent() async throws {
    let (one, other) = (try host.openFinished("a"), try host.openFinished("b"))
    let (moving, waiting) = (move("a"), move("b"))
    let request = try await nextRequest()
    _ = await host.close(other)
    #expect(await waiting.reply.code == "BA_EXCLUSIVE_CONTROL")
    request.answer(nil)
    #expect(await moving.reply.code == nil)
    _ = await host.close(one)
    #expect(system.calls == ["acquire", "release"])
  }

  @Test func aMoveToAPathThatIsNoneAsksForNothing() async throws {
    let event = try host.openFinished()
    let args: [String: JSONValue] = [
      "token": .string("unique-a"), "path": .string("../../.."), "exclusive": .bool(true),
    ]
    #expect(await host.call("file.moveTo", args).code == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(system.calls == [])
    _ = await host.close(event)
  }
}
