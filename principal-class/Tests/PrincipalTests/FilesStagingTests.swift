import BAMessages
import Foundation
import Testing

@testable import BAPrincipal

@Suite struct FilesStagingTests {
  let sandbox: FilesSandbox
  let container: Container
  let path: String

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
    path = container.stagingPath(uniqueIdentifier)
  }

  private func sidecar(_ attempt: Int, claim: String? = nil) -> Sidecar {
    Sidecar(download: record(), attempt: attempt, stagedAt: 5, bytes: 7, claim: claim)
  }

  private func place(_ attempt: Int, claim: String? = nil, content: String? = "content") throws {
    container.writeSidecar(sidecar(attempt, claim: claim), of: path)
    if let content { try sandbox.write(content, staged) }
  }

  @Test func takesOver() throws {
    try sandbox.write("content", "system")
    try container.rememberSettled(.deleted, of: uniqueIdentifier)
    let taken = try container.takeOver(record(), from: sandbox("system"), now: 42.5)
    #expect(taken == .staged(StagedFile(download: record(), path: path, bytes: 7, attempt: 1, stagedAt: 42.5)))
    let offered = Sidecar(download: record(), attempt: 1, stagedAt: 42.5, bytes: 7)
    #expect(try container.stagedEntry(path).sidecar == offered)
    #expect(try sandbox.copies(of: "content") == [staged])
    #expect(try container.settledFiles()[uniqueIdentifier] == nil)
  }

  @Test func theSystemsFileReplacesWhatIsStaged() throws {
    try place(3, content: "old")
    try sandbox.write("", "system")
    let taken = try container.takeOver(record(), from: sandbox("system"), now: 42)
    #expect(taken == .staged(StagedFile(download: record(), path: path, bytes: 0, attempt: 1, stagedAt: 42)))
    #expect(try sandbox.text(staged) == "")
  }

  @Test func whatIsNoFileStaysWhereItIs() throws {
    try sandbox.write("x", "folder/x")
    let folder = sandbox("folder")
    #expect(failure { () throws(FileError) in _ = try container.takeOver(record(), from: folder, now: 1) } == "EISDIR")
    #expect(try sandbox.files() == ["folder/x"])
  }

  @Test func whatCannotBeMovedLeavesNoSidecar() throws {
    try sandbox.write("content", "system")
    try sandbox.write("x", "\(staged)/in the way")
    let system = sandbox("system")
    #expect(failure { () throws(FileError) in _ = try container.takeOver(record(), from: system, now: 1) } == "EISDIR")
    #expect(try sandbox.files() == ["\(staged)/in the way", "system"])
  }

  @Test func aFullVolumeCostsNoFile() throws {
    try sandbox.write("nothing can be written", "\(own)/temporary")
    try sandbox.write("content", "system")
    let taken = try container.takeOver(record(), from: sandbox("system"), now: 1)
    guard case .staged(let file) = taken else { return #expect(Bool(false), "\(taken)") }
    #expect(try container.claim(file, into: sandbox("container/a")) == Claim(path: sandbox("container/a"), bytes: 7))
    #expect(try container.settle(file, outcome: .answered, claim: nil, kept: true).note?.error.code == "BA_FILE_KEPT")
    #expect(try sandbox.copies(of: "content") == ["container/a"])
  }

  @Test func anEarlierDeliveryIsOfferedAgain() throws {
    for attempt in 0..<3 {
      try place(attempt)
      let expected = StagedFile(download: record(), path: path, bytes: 7, attempt: attempt + 1, stagedAt: 5)
      #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .staged(expected))
      #expect(try container.stagedEntry(path).sidecar?.attempt == attempt + 1)
    }
    let last = StagedFile(download: record(), path: path, bytes: 7, attempt: 3, stagedAt: 5)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .exhausted(last))
    #expect(try container.takeOver(record(), from: path, now: 9) == .exhausted(last))
    #expect(try sandbox.text(staged) == "content")
  }

  @Test func withoutASidecarItIsTheFirstOffer() throws {
    try sandbox.write("content", staged)
    let expected = StagedFile(download: record(), path: path, bytes: 7, attempt: 1, stagedAt: 9)
    #expect(try container.takeOver(record(), from: path, now: 9) == .staged(expected))
  }

  @Test func aClaimThatHappenedIsSettled() throws {
    try place(1, claim: "Library/a", content: nil)
    try container.rememberDownloads([(urlDownload("a"), nil)], now: 5)
    let claimed = SettledFile.claimed(.init(path: "Library/a", bytes: 7))
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .settled(claimed))
    #expect(try container.findDownload("a") == nil)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .settled(claimed))
    #expect(try Files.filesBelow(sandbox("\(own)/staging")) == [])
  }

  @Test func aClaimThatDidNotHappenIsOfferedAgain() throws {
    try place(1, claim: "Library/a")
    let expected = StagedFile(download: record(), path: path, bytes: 7, attempt: 2, stagedAt: 5)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .staged(expected))
    #expect(try container.stagedEntry(path).sidecar?.claim == nil)
  }

  @Test func aDeletionThatWasCutOffIsFinished() throws {
    try place(1)
    try container.rememberSettled(.deleted, of: uniqueIdentifier)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .settled(.deleted))
    #expect(try sandbox.files() == ["\(own)/settled.json"])
  }

  @Test func aFileOnRecordAsKeptIsStillHere() throws {
    try place(1)
    try container.rememberSettled(.kept(.init(path: "x", bytes: 7)), of: uniqueIdentifier)
    let expected = StagedFile(download: record(), path: path, bytes: 7, attempt: 2, stagedAt: 5)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .staged(expected))
  }

  @Test func whatIsNowhereIsGone() throws {
    try place(2, content: nil)
    #expect(try container.takeOver(record(), from: sandbox("gone"), now: 9) == .gone)
    #expect(try sandbox.files() == [])
    #expect(try container.takeOver(record(), from: sandbox("gone/below"), now: 9) == .gone)
  }

  @Test func claims() throws {
    try place(1)
    let file = StagedFile(download: record(), path: path, bytes: 7, attempt: 1, stagedAt: 5)
    let target = sandbox("container/Library/new/a")
    #expect(try container.claim(file, into: target) == Claim(path: target, bytes: 7))
    #expect(try sandbox.copies(of: "content") == ["container/Library/new/a"])
    #expect(try container.stagedEntry(path).sidecar == sidecar(1, claim: "Library/new/a"))
  }

  @Test func aClaimThatFailsLooksLikeNone() throws {
    try place(1)
    try sandbox.write("x", "container/folder/x")
    let file = StagedFile(download: record(), path: path, bytes: 7, attempt: 1, stagedAt: 5)
    let target = sandbox("container/folder")
    #expect(failure { () throws(FileError) in _ = try container.claim(file, into: target) } == "EISDIR")
    #expect(try container.stagedEntry(path).sidecar == sidecar(1))
    #expect(try sandbox.text(staged) == "content")
  }
}

/// The only suite that sets `Files.willChange`.
@Suite(.serialized) struct FilesOrderTests {
  /// What is on the disk before each change that `task` makes.
  private func states(_ sandbox: FilesSandbox, _ task: () throws -> Void) throws -> [[String]] {
    let thread = pthread_self()
    let states = Locked<[[String]]>([])
    Files.willChange.withLock {
      $0 = { _ in
        // Other tests run at the same time.
        guard pthread_equal(pthread_self(), thread) != 0 else { return }
        let files = ((try? sandbox.files()) ?? []).filter { !$0.contains("/temporary/") }
        states.withLock { if $0.last != files { $0.append(files) } }
      }
    }
    defer { Files.willChange.withLock { $0 = nil } }
    try task()
    let last = try sandbox.files()
    return states.withLock { $0.last == last ? $0 : $0 + [last] }
  }

  @Test func stagingClaimingAndSettling() throws {
    let sandbox = try FilesSandbox()
    let container = sandbox.container
    let settled = "\(own)/settled.json"
    try sandbox.write("content", "system")
    try container.rememberSettled(.deleted, of: uniqueIdentifier)
    var file: StagedFile?
    #expect(
      try states(sandbox) {
        let taken = try container.takeOver(record(), from: sandbox("system"), now: 1)
        if case .staged(let staged) = taken { file = staged }
      } == [
        [settled, "system"],
        [settled, "\(staged).json", "system"],
        [settled, staged, "\(staged).json"],
      ])
    let offered = try #require(file)
    var claim: Claim?
    #expect(
      try states(sandbox) { claim = try container.claim(offered, into: sandbox("container/a")) } == [
        [settled, staged, "\(staged).json"],
        [settled, "\(staged).json", "container/a"],
      ])
    try Files.remove(sandbox(settled))
    try container.rememberDownloads([(urlDownload("a"), nil)], now: 1)
    #expect(
      try states(sandbox) { _ = try container.settle(offered, outcome: .answered, claim: claim, kept: false) } == [
        ["\(own)/downloads.json", "\(staged).json", "container/a"],
        ["\(own)/downloads.json", settled, "\(staged).json", "container/a"],
        ["\(own)/downloads.json", settled, "container/a"],
      ])
    #expect(try container.findDownload("a") == nil)
  }

  @Test func givingUp() throws {
    let sandbox = try FilesSandbox()
    let container = sandbox.container
    try sandbox.write("content", "system")
    guard case .staged(let file) = try container.takeOver(record(), from: sandbox("system"), now: 1) else {
      return #expect(Bool(false))
    }
    let settled = "\(own)/settled.json"
    #expect(
      try states(sandbox) { _ = try container.settle(file, outcome: .answered, claim: nil, kept: false) } == [
        [staged, "\(staged).json"],
        [settled, staged, "\(staged).json"],
        [settled, "\(staged).json"],
        [settled],
      ])
  }

  @Test func everyChangeIsAnnounced() throws {
    let sandbox = try FilesSandbox()
    let names = Locked<[String]>([])
    let thread = pthread_self()
    Files.willChange.withLock {
      $0 = { name in
        if pthread_equal(pthread_self(), thread) != 0 { names.withLock { $0.append(name) } }
      }
    }
    defer { Files.willChange.withLock { $0 = nil } }
    let path = sandbox("container/a")
    try Files.makeFolder(sandbox(own) + "/temporary")
    names.withLock { $0 = [] }
    try Files.writeAtomically(Data("x".utf8), to: path, in: sandbox.container)
    try Files.remove(path)
    try Files.makeFolder(sandbox("b"))
    try Files.removeTree(sandbox("b"))
    #expect(names.withLock { $0 } == ["open", "write", "rename", "unlink", "mkdir", "rmdir"])
  }
}
