import Foundation
import Testing

@testable import BAPrincipal

@Suite struct FilesTreeTests {
  let sandbox: FilesSandbox

  init() throws {
    sandbox = try FilesSandbox()
  }

  @Test func filesInTheOrderOfJavaScript() throws {
    // U+1F600 begins with the code unit D83D, which comes before U+FF5E; by code points it comes after.
    let names = ["Z", "a", "a-b", "a.b", "e\u{301}", "\u{1F600}", "\u{FF5E}"]
    for name in names { try sandbox.write("x", "tree/\(name)") }
    try sandbox.write("x", "tree/a-/c")
    #expect(
      try Files.filesBelow(sandbox("tree")).map { Array($0.utf8) }
        == ["Z", "a", "a-/c", "a-b", "a.b", "e\u{301}", "\u{1F600}", "\u{FF5E}"].map { Array($0.utf8) })
  }

  @Test func neitherLinksNorEmptyFolders() throws {
    try sandbox.write("x", "elsewhere/x")
    try sandbox.write("x", "tree/file")
    try sandbox.link("tree/link", to: "../elsewhere")
    try sandbox.link("tree/file-link", to: "file")
    try Files.makeFolder(sandbox("tree/empty"))
    try attempt { mkfifo(sandbox("tree/fifo"), 0o600) }
    #expect(try Files.filesBelow(sandbox("tree")) == ["file"])
    try sandbox.link("to-tree", to: "tree")
    #expect(try Files.filesBelow(sandbox("to-tree")) == ["file"])
  }

  @Test func whereThereIsNoFolderThereAreNoFiles() throws {
    try sandbox.write("x", "file")
    #expect(try Files.filesBelow(sandbox("missing")) == [] && Files.filesBelow(sandbox("file")) == [])
    try sandbox.link("circle", to: "circle")
    let circle = sandbox("circle")
    #expect(failure { () throws(FileError) in _ = try Files.filesBelow(circle) } == "ELOOP")
  }

  @Test func removesATree() throws {
    try sandbox.write("x", "elsewhere/x")
    try sandbox.write("x", "tree/a/b/c")
    try sandbox.write("x", "tree/\u{e9}")
    try sandbox.link("tree/a/link", to: "../../elsewhere")
    try sandbox.link("tree/dangling", to: "nowhere")
    try Files.removeTree(sandbox("tree"))
    #expect(try Files.attributes(sandbox("tree"), followingLinks: false) == nil)
    #expect(try sandbox.files() == ["elsewhere/x"])
  }

  @Test func removesOneFileOrLinkOrNothing() throws {
    try sandbox.write("x", "folder/x")
    try sandbox.link("link", to: "folder")
    try sandbox.write("x", "file")
    for name in ["link", "file", "missing", "missing/x"] { try Files.removeTree(sandbox(name)) }
    #expect(try sandbox.files() == ["folder/x"])
    let below = sandbox("folder/x/y")
    #expect(failure { () throws(FileError) in try Files.removeTree(below) } == "ENOTDIR")
  }

  @Test func removesWhatIsDeep() throws {
    let deep = String(repeating: "d/", count: 500) + "x"
    try sandbox.write("x", "tree/\(deep)")
    #expect(try Files.filesBelow(sandbox("tree")) == [deep])
    try Files.removeTree(sandbox("tree"))
    #expect(try sandbox.files() == [])
  }

  @Test func removesNamesThatAreNotUnicode() throws {
    try Files.makeFolder(sandbox("tree"))
    let name: [CChar] = Array(sandbox("tree/").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    // Darwin's volumes refuse such a name.
    guard case let file = open(name, O_CREAT | O_WRONLY, 0o600), file != -1 else { return }
    close(file)
    #expect(try Files.filesBelow(sandbox("tree")) == ["\u{FFFD}"])
    try Files.removeTree(sandbox("tree"))
    #expect(try Files.attributes(sandbox("tree"), followingLinks: false) == nil)
  }
}
