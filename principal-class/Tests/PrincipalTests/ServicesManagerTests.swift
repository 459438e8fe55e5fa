import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesManagerTests {
  let host: ServicesFixture

  init() throws {
    host = try ServicesFixture()
  }

  private func call(_ name: String, _ args: [String: JSONValue]) async -> HostReply {
    let event = host.openTermination()
    let reply = await host.call("downloadManager.\(name)", args)
    _ = await host.close(event)
    return reply
  }

  private func download(_ changes: [String: JSONValue] = [:]) -> [String: JSONValue] {
    let download: [String: JSONValue] = [
      "identifier": .string("a"), "request": .object(["url": .string("https://assets.example.com/a")]),
      "fileSize": .integer(1), "essential": .bool(false), "priority": .string("default"),
    ]
    return ["download": .object(download.merging(changes) { $1 })]
  }

  private let handle: [String: JSONValue] = ["identifier": .string("a"), "essential": .bool(true)]

  @Test func whatWasScheduledIsRememberedUntilItIsCancelled() async throws {
    let scheduled = await call("schedule", download())
    #expect(scheduled.value?["uniqueIdentifier"] == .string("unique-a"))
    let known = try #require(try host.container.findDownload("a"))
    #expect(known.applicationGroupIdentifier == "group.example")
    #expect(await call("schedule", handle).value?["essential"] == .bool(true))

    let record = ServicesFixture.download("a")
    host.system.answers.withLock { $0.currentDownloads = .success([record]) }
    let cancel: [String: JSONValue] = ["uniqueIdentifier": .string("unique-a")]
    #expect(await call("cancel", cancel) == .success(value: .null))
    #expect(try host.container.findDownload("a") == nil)
    #expect(await call("schedule", handle).code == "BA_DOWNLOAD_UNKNOWN")
    #expect(host.system.calls == ["schedule a", "schedule a", "cancel unique-a"])
  }

  @Test func aManagerThatNeverAnswersDoesNotHoldUpTheReplyForEver() async throws {
    let gate = DispatchSemaphore(value: 0)
    host.system.answers.withLock { $0.gate = gate }
    let event = host.openTermination()
    let scheduled = host.start("downloadManager.schedule", download())
    _ = await host.close(event, within: 1)
    #expect(host.log.withLock { $0 } == ["Host calls of the handler had not come to their end 1 ms after its answer."])
    gate.signal()
    _ = await scheduled.reply
  }

  @Test func aGroupOfItsOwnIsKept() async throws {
    #expect(await call("schedule", download(["applicationGroupIdentifier": .string("group.other")])).code == nil)
    #expect(try host.container.findDownload("a")?.applicationGroupIdentifier == "group.other")
  }

  @Test func aRefusalIsToldWithTheSystemsError() async throws {
    let (named, unnamed) = (ServicesSystem.refusal("No.", name: "downloadX"), ServicesSystem.refusal("No."))
    host.system.answers.withLock {
      $0.schedule = named
      $0.cancel = unnamed
    }
    #expect(
      await call("schedule", download())
        == .failure(
          error: GuestError(
            code: "BA_SYSTEM_REFUSED", message: "The system refused to schedule \"a\" (downloadX): No.",
            systemError: named)))
    #expect(try host.container.findDownload("a") == nil)
    #expect(
      await call("cancel", ["uniqueIdentifier": .string("u")])
        == .failure(
          error: GuestError(
            code: "BA_SYSTEM_REFUSED", message: "The system refused to cancel download u (d 1): No.",
            systemError: unnamed)))
  }

  @Test func downloadsThatCannotBeToldCanBeCancelled() async throws {
    host.system.answers.withLock { $0.currentDownloads = .failure(ServicesSystem.refusal("No.")) }
    #expect(await call("cancel", ["uniqueIdentifier": .string("u")]) == .success(value: .null))
    #expect(
      await call("currentDownloads", [:]).error?.message
        == "The system refused to tell the current downloads (d 1): No.")
  }

  @Test func nothingIsScheduledBeforeDownloadsHasReturned() async throws {
    let event = try host.openDownloads()
    let challenge = host.openChallenge()
    let refusal = await host.call("downloadManager.schedule", download()).error
    #expect(refusal?.code == "BA_SYSTEM_REFUSED" && refusal?.systemError?.code == 50)
    #expect(await host.call("downloadManager.currentDownloads") == .success(value: .array([])))
    _ = await host.close(event)
    #expect(await host.call("downloadManager.schedule", download()).code == nil)
    _ = await host.close(challenge)

    let offeredBefore = host.calls.open(.extensionWillTerminate, file: nil, beforeDownloads: true)
    #expect(await host.call("downloadManager.schedule", download()).code == "BA_SYSTEM_REFUSED")
    _ = await host.close(offeredBefore)
    #expect(host.system.calls == ["schedule a"])
  }

  @Test func whatIsNoDownloadIsRefused() async throws {
    let wrong: [([String: JSONValue], String)] = [
      (download(["fileSize": .integer(-1)]), "`download.fileSize` is wrong: Too small: expected number to be >=0"),
      (
        download(["fileSize": .integer(1 << 53)]),
        "`download.fileSize` is wrong: Too big: expected int to be <=9007199254740991"
      ),
      (
        download(["fileSize": .number(1.5)]),
        "`download.fileSize` is wrong: Invalid input: expected int, received number"
      ),
      (
        download(["fileSize": .number(1e300)]),
        "`download.fileSize` is wrong: Invalid input: expected int, received number"
      ),
      (download(["priority": .string("high")]), "`download.priority` is wrong: Invalid input"),
      (download(["identifier": .null]), "`download.identifier` is wrong: Invalid input"),
      (download(["request": .object([:])]), "`download.request.url` is wrong: Invalid input"),
      (
        download(["request": .object(["url": .string("https://a.example"), "timeoutInterval": .integer(-1)])]),
        "`download.request.timeoutInterval` is wrong: Too small: expected number to be >=0"
      ),
      (["download": .string("a")], "`download` is wrong: Invalid input"),
      (["identifier": .string("a")], "`essential` is wrong: Invalid input: expected boolean, received undefined"),
      ([:], "`identifier` is wrong: Invalid input: expected string, received undefined"),
    ]
    for (args, message) in wrong {
      let refusal = GuestError(code: "BA_HOST_CALL_INVALID", message: "downloadManager.schedule: \(message).")
      let error = await call("schedule", args).error
      #expect(error == refusal)
    }
    let broken = await call("schedule", download(["essential": .bool(true), "fileSize": .integer(0)]))
    #expect(broken.error?.message == "Download \"a\": an essential download must have its exact `fileSize`.")
    #expect(host.system.calls == [])
  }
}
