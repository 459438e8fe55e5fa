import BAMessages
import Testing

@testable import BAPrincipal

@Suite struct FilesPathTests {
  @Test(arguments: [
    ("/", "/"), ("//", "/"), ("/a/", "/a"), ("/a//b/./c", "/a/b/c"), ("/a/../b", "/b"), ("/..", "/"),
    ("/../../a", "/a"),
    ("/a/...", "/a/..."), ("/a/..b", "/a/..b"), ("/a/%2E%2E/b", "/a/%2E%2E/b"), ("/a\\b", "/a\\b"),
  ])
  func normalizes(given: String, normal: String) {
    #expect(Paths.normalized(given) == normal)
  }

  @Test func aSlashIsASlashWhateverFollows() {
    // The slash and the accent are one character.
    let path = "/a/\u{301}b"
    #expect(Paths.parent(of: path) == "/a")
    #expect(Paths.normalized("/a/\u{301}b/../c") == "/a/c")
    #expect(Paths.isWithin(path, "/a"))
    #expect(Paths.endsWithSlash("a/") && !Paths.endsWithSlash("a/\u{301}"))
  }

  @Test func twoSpellingsAreTwoNames() {
    let (composed, decomposed) = ("/\u{e9}", "/e\u{301}")
    #expect(composed == decomposed)
    #expect(!Paths.areEqual(composed, decomposed))
    #expect(!Paths.isWithin("\(composed)/a", decomposed))
    #expect(Paths.isWithin("\(composed)/a", composed))
  }

  @Test func within() {
    #expect(Paths.isWithin("/a", "/a/"))
    #expect(Paths.isWithin("/a/b", "/a") && !Paths.isWithin("/ab", "/a") && !Paths.isWithin("/", "/a"))
    #expect(Paths.isWithin("/a/../b", "/b") && !Paths.isWithin("/a/../b", "/a"))
    #expect(Paths.isWithin("/a", "/") && Paths.isWithin("/", "/"))
    #expect(Paths.isWithin("/a/..b", "/a"))
  }

  @Test func parents() {
    #expect(Paths.parent(of: "/a/b") == "/a" && Paths.parent(of: "/a") == "/" && Paths.parent(of: "/") == "/")
  }

  @Test func relativeToTheContainer() {
    let container = Container(path: "/group/container/")
    #expect(container.path == "/group/container")
    #expect(container.relative("/group/container/Library/\u{e9}/a") == "Library/\u{e9}/a")
    #expect(container.relative("/group/container") == "")
    #expect(Container(path: "/").relative("/a/b") == "a/b")
  }
}

@Suite struct FilesResolveTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
    try sandbox.write("untouched", "outside/secret")
    try sandbox.link("container/Library/Caches/link", to: "../../../outside")
    try sandbox.link("container/Library/Caches/secret-link", to: "../../../outside/secret")
    try sandbox.link("container/Library/Caches/dangling", to: "../../../nowhere")
    try sandbox.link("container/Library/Caches/circle", to: "circle")
    try sandbox.link("container/Library/Caches/up", to: "../..")
    try sandbox.write("x", "container/Library/Caches/folder/file")
    try sandbox.link("container/Library/Caches/inside", to: "folder")
    try sandbox.write("x", "\(own)/staging/x")
  }

  private func code(_ path: String, _ place: StoragePlace? = nil, _ access: Access = []) -> String {
    do throws(GuestError) {
      _ = try container.resolve(PlacedPath(path: path, place: place), access)
      return ""
    } catch {
      return error.code
    }
  }

  @Test func whereAPathLeads() throws {
    let caches = Paths.joined(container.path, "Library/Caches")
    #expect(try container.resolve(PlacedPath(path: "a/b")) == "\(caches)/a/b")
    #expect(try container.resolve(PlacedPath(path: "a//./b/../c")) == "\(caches)/a/c")
    #expect(try container.resolve(PlacedPath(path: "x/../../a")) == "\(container.path)/Library/a")
    #expect(try container.resolve(PlacedPath(path: "a", place: .container)) == "\(container.path)/a")
    #expect(try container.resolve(PlacedPath(path: "", place: .caches), [.root, .follow]) == caches)
    #expect(try container.resolve(PlacedPath(path: "", place: .container), [.root, .follow]) == container.path)
    #expect(try container.resolve(PlacedPath(path: "folder/"), .root) == "\(caches)/folder")
    #expect(try container.resolve(PlacedPath(path: "inside/file"), .follow) == "\(caches)/inside/file")
    #expect(try container.resolve(PlacedPath(path: "%2e%2e/\u{e9}\u{1F30D}")) == "\(caches)/%2e%2e/\u{e9}\u{1F30D}")
  }

  @Test(arguments: [
    "/tmp/escaped", "/", "../../..", "../../../escaped", "assets/../../../../escaped", "link/escaped", "link/new/a",
    "dangling/escaped", "circle/escaped", "link/../../../../x", "/\u{301}a",
  ])
  func outside(path: String) {
    #expect(code(path) == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(code(path, nil, [.root, .follow]) == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(code(path, nil, .subtree) == "BA_PATH_OUTSIDE_CONTAINER")
  }

  @Test(arguments: ["link", "secret-link", "dangling", "circle"])
  func aLinkItselfCanBeRemovedNotFollowed(path: String) {
    #expect(code(path) == "")
    #expect(code(path, nil, .subtree) == "")
    #expect(code(path, nil, .follow) == "BA_PATH_OUTSIDE_CONTAINER")
  }

  @Test func outsideByTheContainersOwnPlace() {
    #expect(code("../escaped", .container) == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(code("../container-b", .container) == "BA_PATH_OUTSIDE_CONTAINER")
    #expect(code("../container/a", .container) == "")
  }

  @Test(arguments: ["", ".", "a/..", "folder/", "a/", "../..", "a\0b", "\0"])
  func invalid(path: String) {
    #expect(code(path) == "BA_PATH_INVALID")
  }

  @Test func reserved() {
    for path in ["ba-extension", "ba-extension/x", "./ba-extension/staging/x", "up/Library/Caches/ba-extension/x"] {
      #expect(code(path) == "BA_PATH_RESERVED")
      #expect(code(path, nil, [.root, .follow]) == "BA_PATH_RESERVED")
    }
    #expect(code("Library/Caches/ba-extension", .container, .root) == "BA_PATH_RESERVED")
    #expect(code("ba-extension-2") == "")
  }

  @Test func whatHoldsTheReservedFolderCannotBeTakenAlong() {
    #expect(code("Library", .container) == "")
    #expect(code("Library", .container, .subtree) == "BA_PATH_RESERVED")
    #expect(code("Library/Caches", .container, .subtree) == "BA_PATH_RESERVED")
    #expect(code("up/Library", nil, .subtree) == "BA_PATH_RESERVED")
    #expect(code("up/Library/Caches", nil, .subtree) == "BA_PATH_RESERVED")
    #expect(code("up/Library/Caches/folder", nil, .subtree) == "")
    #expect(code("up", nil, .subtree) == "")
  }

  @Test func theContainerMayBeReachedThroughALink() throws {
    try sandbox.link("alias", to: "container")
    let container = Container(path: sandbox("alias"))
    #expect(try container.resolve(PlacedPath(path: "a")) == sandbox("alias/Library/Caches/a"))
    #expect(throws: GuestError.self) { try container.resolve(PlacedPath(path: "link/a")) }
    #expect(throws: GuestError.self) { try container.resolve(PlacedPath(path: "up/Library/Caches/ba-extension/x")) }
  }

  @Test func aContainerThatIsGoneHasNoPaths() throws {
    let gone = Container(path: sandbox("gone"))
    #expect(throws: GuestError.self) { try gone.resolve(PlacedPath(path: "a")) }
  }

  @Test func errorsQuoteThePath() throws {
    let error = try #require(throws: GuestError.self) { try container.resolve(PlacedPath(path: "../../../\"x\n")) }
    #expect(error.message == #"The path "../../../\"x\n" leaves the container of the app group."#)
    #expect(error.hint == #"Use a relative path without "..", for example "assets/level-1.pak"."#)
    let zero = try #require(throws: GuestError.self) { try container.resolve(PlacedPath(path: "a\0")) }
    #expect(zero.message == #"The path "a\u0000" has a zero byte."# && zero.hint == nil)
    let own = try #require(throws: GuestError.self) { try container.resolve(PlacedPath(path: "ba-extension/x")) }
    #expect(
      own.message
        == #"The path "ba-extension/x" reaches into Library/Caches/ba-extension, which belongs to ba-extension."#)
    let folder = try #require(throws: GuestError.self) { try container.resolve(PlacedPath(path: "a/")) }
    #expect(folder.message == #"The path "a/" names a folder, not a file."#)
  }
}
