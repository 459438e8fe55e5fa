import BAMessages
import Testing

@testable import BAPrincipal

@Suite struct FilesSettleTests {
  let sandbox: FilesSandbox
  let container: Container
  let file: StagedFile
  let name = #"The file of download "level \"1\"""#

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
    try sandbox.write("content", "system")
    let download = record("level \"1\"")
    guard case .staged(let file) = try container.takeOver(download, from: sandbox("system"), now: 10) else {
      throw FileError(number: 0)
    }
    self.file = file
    try container.rememberDownloads([(urlDownload(download.identifier), nil)], now: 10)
  }

  private var isForgotten: Bool { get throws { try container.findDownload(file.download.identifier) == nil } }
  private let kept = SettledFile.kept(
    .init(path: "Library/Caches/ba-extension/staging/\(uniqueIdentifier)", bytes: 7))

  @Test(arguments: Outcome.allCases, [true, false])
  func aClaimedFileHasLeft(outcome: Outcome, kept: Bool) throws {
    let claim = try container.claim(file, into: sandbox("container/a/b"))
    let settlement = try container.settle(file, outcome: outcome, claim: claim, kept: kept)
    let claimed = SettledFile.claimed(.init(path: "a/b", bytes: 7))
    #expect(settlement == Settlement(file: claimed, note: nil))
    #expect(try isForgotten && container.settledFiles()[uniqueIdentifier] == claimed)
    #expect(try sandbox.copies(of: "content") == ["container/a/b"])
    #expect(try Files.filesBelow(sandbox("\(own)/staging")) == [])
  }

  @Test(arguments: [Outcome.failed, .deadline, .engine], [true, false])
  func aFileOfAHandlerThatFailedStays(outcome: Outcome, kept: Bool) throws {
    let settlement = try container.settle(file, outcome: outcome, claim: nil, kept: kept)
    let error = GuestError(
      code: "BA_FILE_KEPT", message: "\(name) stays in staging, because downloadFinished failed.")
    #expect(settlement == Settlement(file: self.kept, note: Note(severity: .info, error: error)))
    #expect(try !isForgotten && sandbox.text(staged) == "content")
  }

  @Test func aFileThatTheHandlerAskedForStays() throws {
    let settlement = try container.settle(file, outcome: .answered, claim: nil, kept: true)
    let error = GuestError(
      code: "BA_FILE_KEPT", message: "\(name) stays in staging, because downloadFinished asked for it.")
    #expect(settlement == Settlement(file: kept, note: Note(severity: .info, error: error)))
    #expect(try !isForgotten && sandbox.text(staged) == "content")
  }

  @Test func afterTheThirdOfferItIsOfferedNoMore() throws {
    let last = StagedFile(download: file.download, path: file.path, bytes: 7, attempt: 3, stagedAt: 10)
    let error = GuestError(
      code: "BA_FILE_UNCLAIMED",
      message: "\(name) was offered 3 times and is offered no more. It stays in staging until the system purges it.")
    let expected = Settlement(file: kept, note: Note(severity: .warning, error: error))
    #expect(container.keptFile(last) == expected && container.keptFile(last, asked: true) == expected)
  }

  @Test func whatAHandlerGivesUpIsDeleted() throws {
    let settlement = try container.settle(file, outcome: .answered, claim: nil, kept: false)
    let error = GuestError(
      code: "BA_FILE_NOT_CLAIMED",
      message: "\(name) was deleted: downloadFinished returned without moving or keeping it.",
      hint: "Await file.moveTo(path), or file.keep(), before the callback returns.")
    #expect(settlement == Settlement(file: .deleted, note: Note(severity: .warning, error: error)))
    #expect(try isForgotten && container.settledFiles()[uniqueIdentifier] == .deleted)
    #expect(try sandbox.copies(of: "content") == [])
    #expect(Container.settledEarlier(file.download, .deleted) == settlement)
  }

  @Test(arguments: [true, false])
  func withoutACallbackItIsDeleted(kept: Bool) throws {
    let settlement = try container.settle(file, outcome: .notImplemented, claim: nil, kept: kept)
    let error = GuestError(
      code: "BA_FILE_NOT_CLAIMED", message: "\(name) was deleted: the handler has no downloadFinished.",
      hint: "Add downloadFinished, and await file.moveTo(path) in it.")
    #expect(settlement == Settlement(file: .deleted, note: Note(severity: .warning, error: error)))
    #expect(try sandbox.copies(of: "content") == [])
  }

  @Test func whatWasClaimedEarlier() {
    let claimed = SettledFile.claimed(.init(path: "a/b", bytes: 7))
    let error = GuestError(
      code: "BA_FILE_CLAIMED_EARLIER",
      message: "\(name) was moved to a/b already, before the system or the extension was killed.")
    #expect(
      Container.settledEarlier(file.download, claimed)
        == Settlement(file: claimed, note: Note(severity: .info, error: error)))
  }
}
