import BAMessages
import Testing

@testable import BAPrincipal

@Suite struct FilesSidecarTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
  }

  @Test(arguments: [
    (uniqueIdentifier, uniqueIdentifier),
    ("a.b", "a%2Eb"), ("..", "%2E%2E"), (".json", "%2Ejson"), ("../../x", "%2E%2E%2F%2E%2E%2Fx"), ("a b%", "a%20b%25"),
    ("\u{e9}", "%C3%A9"), ("e\u{301}", "e%CC%81"), ("\u{1F600}", "%F0%9F%98%80"), ("\0\n\u{7f}", "%00%0A%7F"),
    ("-_!~*'()", "-_!~*'()"), (";,/?:@&=+$#[]", "%3B%2C%2F%3F%3A%40%26%3D%2B%24%23%5B%5D"), ("azAZ09", "azAZ09"),
  ])
  func aNameIsOneNameInOneFolder(identifier: String, name: String) {
    let path = container.stagingPath(identifier)
    #expect(Paths.areEqual(path, sandbox("\(own)/staging/\(name)")))
  }

  @Test func writesWhatItReads() throws {
    let path = container.stagingPath(uniqueIdentifier)
    let sidecar = Sidecar(download: record(), attempt: 2, stagedAt: 1_700_000_000_000.25, bytes: 7, claim: "a/b")
    container.writeSidecar(sidecar, of: path)
    #expect(try container.stagedEntry(path).sidecar == sidecar)
    #expect(
      try sandbox.json("\(staged).json")
        == .object([
          "download": .object([
            "kind": .string("url"), "identifier": .string("a"), "uniqueIdentifier": .string(uniqueIdentifier),
            "essential": .bool(false), "priority": .string("default"), "state": .string("finished"),
          ]),
          "attempt": .integer(2), "stagedAt": .number(1_700_000_000_000.25), "bytes": .integer(7),
          "claim": .string("a/b"),
        ]))
    try container.removeSidecar(path)
    try container.removeSidecar(path)
    #expect(try sandbox.files() == [])
  }

  private static let download = """
    {"kind":"url","identifier":"a","uniqueIdentifier":"\(uniqueIdentifier)","essential":false,"priority":"default",\
    "state":"finished","newer":1}
    """

  @Test func readsWhatJavaScriptWrites() throws {
    try sandbox.write(
      #"{"download":\#(Self.download),"attempt":1,"stagedAt":1700000000000,"bytes":7,"claim":"a"}"#, "\(staged).json")
    let sidecar = try container.stagedEntry(container.stagingPath(uniqueIdentifier)).sidecar
    #expect(
      sidecar == Sidecar(download: record(), attempt: 1, stagedAt: 1_700_000_000_000, bytes: 7, claim: "a"))
  }

  @Test func absentFieldsHaveTheirDefaults() throws {
    try sandbox.write(#"{"download":\#(Self.download),"attempt":1,"later":{"x":[]}}"#, "\(staged).json")
    let sidecar = try container.stagedEntry(container.stagingPath(uniqueIdentifier)).sidecar
    #expect(sidecar == Sidecar(download: record(), attempt: 1, stagedAt: 0, bytes: 0))
  }

  @Test(arguments: [
    "", "null", "{}", "[", #"{"attempt":1}"#, "\u{0}", #"{"download":{},"attempt":1}"#,
    #"{"download":\#(download)}"#, #"{"download":\#(download),"attempt":-1}"#,
    #"{"download":\#(download),"attempt":1.5}"#,
    #"{"download":\#(download),"attempt":"1"}"#, #"{"download":\#(download),"attempt":1,"bytes":-1}"#,
    #"{"download":\#(download),"attempt":1,"claim":1}"#,
  ])
  func whatCannotBeReadCountsAsNone(text: String) throws {
    try sandbox.write(text, "\(staged).json")
    try sandbox.write("content", staged)
    let entry = try container.stagedEntry(container.stagingPath(uniqueIdentifier))
    #expect(entry.sidecar == nil && entry.bytes == 7)
  }

  @Test func everythingInStagingByAgeThenByName() throws {
    #expect(try container.stagedEntries().isEmpty)
    for (name, stagedAt) in [("d", 1.5), ("a", 2), ("c", 1), ("b", 2), ("E", 2), ("a-", 2), ("a_", 2)] {
      let sidecar = Sidecar(download: record(name, name), attempt: 1, stagedAt: stagedAt, bytes: 0)
      container.writeSidecar(sidecar, of: container.stagingPath(name))
    }
    try sandbox.write("{", "\(own)/staging/z.json")
    try sandbox.write("without a sidecar", "\(own)/staging/f")
    let names = try container.stagedEntries().map { $0.path.split(separator: "/").last }
    #expect(names == ["z", "c", "d", "E", "a-", "a", "a_", "b"])
  }

  @Test func aFolderInPlaceOfASidecarIsAnError() throws {
    try Files.makeFolder(sandbox("\(staged).json"))
    let path = container.stagingPath(uniqueIdentifier)
    #expect(failure { () throws(FileError) in _ = try container.stagedEntry(path) } == "EISDIR")
  }
}
