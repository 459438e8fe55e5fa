import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesFileTests {
  let host: ServicesFixture
  let token: [String: JSONValue] = ["token": .string("unique-a")]
  /// Of the text "content".
  let hash = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"

  init() throws {
    host = try ServicesFixture()
  }

  private func move(_ path: String, exclusive: Bool? = nil) -> StartedServiceCall {
    var args = token
    args["path"] = .string(path)
    args["exclusive"] = exclusive.map(JSONValue.bool)
    return host.start("file.moveTo", args)
  }

  @Test func theFirstOfTwoMovesAtOnceCounts() async throws {
    let event = try host.openFinished()
    let (first, second) = (move("one"), move("two"))
    #expect(await first.reply == .success(value: .object(["path": .string("Library/Caches/one")])))
    #expect(
      await second.reply
        == .failure(
          error: GuestError(
            code: "BA_FILE_ALREADY_MOVED",
            message: "The file of download \"a\" was moved to Library/Caches/one already.",
            hint: "Move it once; storage.move() moves it again.")))
    #expect(await host.close(event).claim == Claim(path: host.container.path + "/Library/Caches/one", bytes: 7))
    #expect(host.text(of: "Library/Caches/one") == "content")
    #expect(host.text(of: "Library/Caches/two") == nil)
  }

  @Test func aMoveThatFailsLeavesTheFileToTheNext() async throws {
    let event = try host.openFinished()
    try host.write("", to: "Library/Caches/folder/file")
    let (first, outside, second) = (move("folder"), move("../../../x"), move("two"))
    #expect(await first.reply.code == "BA_PATH_INVALID")
    #expect(await outside.reply.code == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(await second.reply.code == nil)
    let checkpoints = host.checkpoints.withLock { $0 }
    #expect(checkpoints == ["moveTo"])
    #expect(await host.close(event).claim?.path.hasSuffix("/two") == true)
  }

  @Test func whatFollowsAMoveUnderWayWaitsForIt() async throws {
    let event = try host.openFinished()
    let moving = move("one", exclusive: true)
    let request = try #require(await host.system.nextRequest())
    let copying = host.start("file.copyTo", token.merging(["path": .string("copy")]) { $1 })
    let hashing = host.start("file.sha256", token)
    let keeping = host.start("file.keep", token)
    let again = move("two")
    await host.settle()
    #expect([copying, hashing, keeping, again].flatMap(\.replies) == [])

    request.answer(nil)
    #expect(await moving.reply.code == nil)
    #expect(await copying.reply == .success(value: .object(["path": .string("Library/Caches/copy")])))
    #expect(await hashing.reply == .success(value: .string(hash)))
    #expect(await keeping.reply.code == "BA_FILE_ALREADY_MOVED")
    #expect(await again.reply.code == "BA_FILE_ALREADY_MOVED")
    #expect(host.text(of: "Library/Caches/copy") == "content")
    let closed = await host.close(event)
    #expect(closed.claim != nil && !closed.kept)
  }

  @Test func whatWaitedForAMoveThatWasRefusedGoesOn() async throws {
    let event = try host.openFinished()
    let moving = move("one", exclusive: true)
    let request = try #require(await host.system.nextRequest())
    let keeping = host.start("file.keep", token)
    request.answer(ServicesSystem.refusal("busy"))
    #expect(await moving.reply.code == "BA_EXCLUSIVE_CONTROL")
    #expect(await keeping.reply == .success(value: .null))
    let closed = await host.close(event)
    #expect(closed.claim == nil && closed.kept)
  }

  @Test func aCopyAndAMoveAtOnceBothSucceed() async throws {
    let event = try host.openFinished()
    let copying = host.start("file.copyTo", token.merging(["path": .string("copy")]) { $1 })
    let hashing = host.start("file.sha256", token)
    let moving = move("moved")
    #expect(await copying.reply.code == nil)
    #expect(await hashing.reply == .success(value: .string(hash)))
    #expect(await moving.reply.code == nil)
    #expect(host.text(of: "Library/Caches/copy") == "content")
    _ = await host.close(event)
  }

  @Test func aFileThatWasMovedIsReadInItsNewPlace() async throws {
    let event = try host.openFinished()
    _ = await move("moved").reply
    #expect(await host.call("file.sha256", token) == .success(value: .string(hash)))
    try FileManager.default.removeItem(atPath: host.container.path + "/Library/Caches/moved")
    let error = await host.call("file.sha256", token).error
    #expect(error?.code == "BA_FILE_NOT_FOUND")
    #expect(error?.message == "file.sha256: the file is gone.")
    _ = await host.close(event)
  }

  @Test func contentsAreHashedInParts() async throws {
    let event = try host.openFinished(content: Data(repeating: 7, count: 1_000_000))
    let empty = try host.openFinished("b", content: Data())
    #expect(
      await host.call("file.sha256", token)
        == .success(value: .string("30bd6d97affa9196b48cf4f86569c1a6a2d2fcf7d8c25771526f5e5596e7ae2e")))
    #expect(
      await host.call("file.sha256", ["token": .string("unique-b")])
        == .success(value: .string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")))
    _ = await host.close(empty)
    _ = await host.close(event)
  }

  @Test func aHashDoesNotHoldUpTheEnd() async throws {
    let event = try host.openFinished()
    // Nobody can wait for this one.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: try #require(event.file?.staged.path)))
    try file.truncate(atOffset: 1 << 42)
    let hashing = host.start("file.sha256", token)
    await host.settle()
    _ = await host.close(event)
    #expect(await hashing.reply.code == "BA_EVENT_ENDED")
  }

  @Test func tokensNameFilesOfOpenEventsOnly() async throws {
    let event = try host.openFinished()
    let other = try host.openDownloads(manifest: "content")
    let manifest: [String: JSONValue] = ["token": .string("manifest"), "path": .string("x")]
    #expect(await host.call("file.sha256", manifest) == .success(value: .string(hash)))
    #expect(await host.call("file.moveTo", manifest).code == "BA_FILE_NOT_OFFERED")
    #expect(await host.call("file.keep", ["token": .string("")]).code == "BA_FILE_NOT_OFFERED")
    _ = await host.close(event)
    #expect(await move("late").reply.code == "BA_FILE_NOT_OFFERED")
    _ = await host.close(other)
    #expect(await move("late").reply.code == "BA_EVENT_ENDED")
    #expect(host.text(of: "Library/Caches/late") == nil)
  }

  @Test func openedFilesStayReadableWhileAnyEventIsOpen() async throws {
    try host.write("content", to: "Library/Caches/x")
    let (one, other) = (host.openTermination(), host.openTermination())
    let opened = await host.call("storage.open", ["path": .string("x")]).value
    #expect(opened?["token"] == .string("open:1"))
    #expect(opened?["size"] == .integer(7))
    _ = await host.close(one)
    let args = ["token": JSONValue.string("open:1")]
    #expect(await host.call("file.sha256", args) == .success(value: .string(hash)))
    _ = await host.close(other)
    let next = host.openTermination()
    #expect(await host.call("file.sha256", args).code == "BA_FILE_NOT_OFFERED")
    #expect(await host.call("storage.open", ["path": .string("x")]).value?["token"] == .string("open:2"))
    _ = await host.close(next)
  }

  @Test func theCheckpointComesBeforeTheAnswerAndHoldsUpNothingElse() async throws {
    let gate = DispatchSemaphore(value: 0)
    let host = try ServicesFixture(checkpoint: { _ in gate.wait() })
    let event = try host.openFinished()
    let moving = host.start("file.moveTo", token.merging(["path": .string("x")]) { $1 })
    await host.settle()
    #expect(host.text(of: "Library/Caches/x") == "content")
    #expect(moving.replies.isEmpty)
    gate.signal()
    #expect(await moving.reply.code == nil)
    _ = await host.close(event)
  }
}
