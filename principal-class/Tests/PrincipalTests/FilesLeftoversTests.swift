import BAMessages
import Testing

@testable import BAPrincipal

@Suite struct FilesLeftoversTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
  }

  private func place(_ name: String, _ attempt: Int, at stagedAt: Double = 0, claim: String? = nil, file: Bool = true)
    throws -> Offerable
  {
    let path = container.stagingPath(name)
    let sidecar = Sidecar(download: record(name, name), attempt: attempt, stagedAt: stagedAt, bytes: 3, claim: claim)
    container.writeSidecar(sidecar, of: path)
    if file { try sandbox.write("abc", "\(own)/staging/\(name)") }
    return Offerable(path: path, sidecar: sidecar, bytes: 3)
  }

  private func names() throws -> [String] { try Files.filesBelow(sandbox("\(own)/staging")) }

  @Test func nothingIsLeftOfNothing() throws {
    let leftovers = try container.clearUp(except: nil) { _ in false }
    #expect(leftovers.kept.isEmpty && leftovers.purged.isEmpty)
    #expect(try container.exhausted(besides: []) == [])
  }

  @Test func keptFilesTheOldestFirst() throws {
    let young = try place("a", 2, at: 2)
    let old = try place("b", 1, at: 1)
    let never = try place("c", 0, at: 3)
    let exhausted = try place("d", 3, at: 0)
    let own = try place("e", 1)
    let elsewhere = try place("f", 1)
    let leftovers = try container.clearUp(except: own.path) { $0 == elsewhere.path }
    #expect(leftovers.kept == [old, young, never] && leftovers.purged.isEmpty)
    #expect(try container.exhausted(besides: []) == [exhausted])
    #expect(try container.exhausted(besides: [exhausted.path]) == [])
  }

  @Test func purgedFilesAreToldOnce() throws {
    let purged = try place("a", 1, file: false)
    _ = try place("b", 0, file: false)
    _ = try place("c", 2, file: false)
    try container.rememberSettled(.kept(.init(path: "x", bytes: 1)), of: "c")
    let leftovers = try container.clearUp(except: nil) { _ in false }
    #expect(leftovers.purged == [purged.sidecar] && leftovers.kept.isEmpty)
    #expect(try names() == [])
    #expect(try container.clearUp(except: nil) { _ in false }.purged.isEmpty)
  }

  @Test func claimsAreSettled() throws {
    _ = try place("a", 1, at: 5, claim: "Library/a", file: false)
    let notYet = try place("b", 1, claim: "Library/b")
    try container.rememberDownloads([(urlDownload("a"), nil)], now: 5)
    let leftovers = try container.clearUp(except: nil) { _ in false }
    #expect(leftovers.kept == [notYet] && leftovers.purged.isEmpty)
    #expect(try container.settledFiles()["a"] == .claimed(.init(path: "Library/a", bytes: 3)))
    #expect(try container.findDownload("a") == nil)
    #expect(try names() == ["b", "b.json"])
  }

  @Test func whatWasGivenUpGoes() throws {
    _ = try place("a", 1)
    try container.rememberSettled(.deleted, of: "a")
    let claimed = try place("b", 1)
    try container.rememberSettled(.claimed(.init(path: "x", bytes: 3)), of: "b")
    let leftovers = try container.clearUp(except: nil) { _ in false }
    #expect(leftovers.kept == [claimed])
    #expect(try names() == ["b", "b.json"])
  }

  @Test func aFileWithASidecarThatCannotBeReadWaitsForItsMessage() throws {
    try sandbox.write("abc", "\(own)/staging/a")
    try sandbox.write("{", "\(own)/staging/a.json")
    try sandbox.write("{", "\(own)/staging/b.json")
    try sandbox.write("abc", "\(own)/staging/c")
    let leftovers = try container.clearUp(except: nil) { _ in false }
    #expect(leftovers.kept.isEmpty && leftovers.purged.isEmpty)
    #expect(try names() == ["a", "a.json", "c"])
  }

  @Test func temporaryFilesOfOthersGo() throws {
    try sandbox.write("x", "\(own)/temporary/other.x")
    _ = try container.clearUp(except: nil) { _ in false }
    #expect(try sandbox.files() == [])
  }
}
