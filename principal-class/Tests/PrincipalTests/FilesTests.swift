import Foundation
import Testing

@testable import BAPrincipal

@Suite struct FilesTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
  }

  private func permissions(_ path: String) throws -> mode_t {
    var status = stat()
    try attempt { stat(path, &status) }
    return status.st_mode & 0o777
  }

  @Test func writesAndReplaces() throws {
    let path = sandbox("container/a/\u{e9} %2F/b")
    try Files.writeAtomically(Data("one".utf8), to: path, in: container)
    #expect(try permissions(path) == 0o644)
    try Files.writeAtomically(Data(), to: path, in: container, mode: 0o600)
    #expect(try Files.read(path) == Data())
    #expect(try permissions(path) == 0o600)
    #expect(try Files.filesBelow(container.path) == ["a/\u{e9} %2F/b"])
  }

  @Test func writesAndReadsMoreThanOneChunk() throws {
    let data = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let path = sandbox("container/a")
    try Files.writeAtomically(data, to: path, in: container)
    #expect(try Files.read(path) == data)
    try Files.copyAtomically(path, to: sandbox("container/b"), in: container)
    #expect(try Files.read(sandbox("container/b")) == data)
  }

  @Test func whatFailsHalfWayLeavesTheOldFileAndNothingTemporary() throws {
    try sandbox.write("old", "container/a")
    let path = sandbox("container/a")
    let failed = failure { () throws(FileError) in
      try Files.replace(path, in: container) { (temporary) throws(FileError) in
        try OpenFile(writing: CPath(temporary), mode: 0o600).append(Data("half".utf8))
        throw FileError(number: ENOSPC)
      }
    }
    #expect(failed == "ENOSPC")
    #expect(try sandbox.text("container/a") == "old")
    #expect(try sandbox.files() == ["container/a"])
  }

  @Test func whatCannotReplaceAFolderLeavesNothing() throws {
    try sandbox.write("x", "container/folder/x")
    let folder = sandbox("container/folder")
    let failed = failure { () throws(FileError) in try Files.writeAtomically(Data(), to: folder, in: container) }
    #expect(failed == "EISDIR")
    #expect(try sandbox.files() == ["container/folder/x"])
  }

  @Test func copies() throws {
    let source = try sandbox.write("manifest", "manifest")
    try attempt { chmod(source, 0o400) }
    try sandbox.write("old", "container/copy")
    try Files.copyAtomically(source, to: sandbox("container/copy"), in: container)
    try Files.copyAtomically(source, to: sandbox("container/new/copy"), in: container)
    #expect(try sandbox.text("container/new/copy") == "manifest" && sandbox.text("container/copy") == "manifest")
    #expect(try permissions(sandbox("container/copy")) == 0o644)
    #expect(try sandbox.text("manifest") == "manifest")
    try sandbox.link("link", to: "manifest")
    try Files.copyAtomically(sandbox("link"), to: sandbox("container/of-link"), in: container)
    #expect(try Files.attributes(sandbox("container/of-link"), followingLinks: false)?.kind == .file)
  }

  @Test func copiesNothingElse() throws {
    try sandbox.write("x", "folder/x")
    for (source, error) in [("folder", "EISDIR"), ("missing", "ENOENT")] {
      let (from, to) = (sandbox(source), sandbox("container/copy"))
      #expect(failure { () throws(FileError) in try Files.copyAtomically(from, to: to, in: container) } == error)
    }
    #expect(try sandbox.files() == ["folder/x"])
  }

  @Test func renames() throws {
    try sandbox.write("new", "a")
    try sandbox.write("old", "b/c/d")
    try Files.rename(sandbox("a"), into: sandbox("b/c/d"))
    #expect(try sandbox.text("b/c/d") == "new")
    try Files.rename(sandbox("b"), into: sandbox("e/f"))
    #expect(try sandbox.files() == ["e/f/c/d"])
    try sandbox.link("link", to: "e/f/c/d")
    try sandbox.write("instead", "a")
    try Files.rename(sandbox("a"), into: sandbox("link"))
    #expect(try sandbox.text("e/f/c/d") == "new" && sandbox.text("link") == "instead")
    let (from, to) = (sandbox("missing"), sandbox("x/y"))
    #expect(failure { () throws(FileError) in try Files.rename(from, into: to) } == "ENOENT")
    let below = sandbox("link/y")
    #expect(failure { () throws(FileError) in try Files.rename(sandbox("e"), into: below) } == "ENOTDIR")
  }

  @Test func removes() throws {
    try sandbox.write("x", "folder/x")
    try sandbox.link("link", to: "folder/x")
    for name in ["link", "missing", "folder/x/below"] { try Files.remove(sandbox(name)) }
    #expect(try sandbox.files() == ["folder/x"])
    #expect(failure { () throws(FileError) in try Files.remove(sandbox("folder")) } == "EISDIR")
  }

  @Test func attributes() throws {
    let path = try sandbox.write("1234567", "a")
    try attempt {
      let times = [timespec(tv_sec: 0, tv_nsec: 0), timespec(tv_sec: 1_700_000_000, tv_nsec: 123_500_000)]
      return utimensat(AT_FDCWD, path, times, 0)
    }
    try sandbox.link("link", to: "a")
    let found = try Files.attributes(sandbox("link"), followingLinks: true)
    #expect(found?.kind == .file && found?.size == 7 && found?.modifiedAt == 1_700_000_000_123.5)
    #expect(try Files.attributes(sandbox("link"), followingLinks: false)?.kind == .link)
    #expect(try Files.attributes(container.path, followingLinks: true)?.kind == .folder)
    #expect(try Files.attributes("/dev/null", followingLinks: true)?.kind == .other)
    #expect(try Files.attributes(sandbox("missing"), followingLinks: true) == nil)
    #expect(try Files.attributes(sandbox("a/b"), followingLinks: false) == nil)
    try sandbox.link("circle", to: "circle")
    let circle = sandbox("circle")
    #expect(failure { () throws(FileError) in _ = try Files.attributes(circle, followingLinks: true) } == "ELOOP")
  }

  @Test func reads() throws {
    try sandbox.write("x", "a")
    #expect(try Files.read(sandbox("a")) == Data("x".utf8))
    #expect(try Files.read(sandbox("missing")) == nil && Files.read(sandbox("a/b")) == nil)
    #expect(failure { () throws(FileError) in _ = try Files.read(container.path) } == "EISDIR")
  }

  @Test func realPaths() throws {
    try sandbox.write("x", "a/b")
    try sandbox.link("link", to: "a")
    let real = try #require(try Files.realPath(sandbox.path))
    #expect(try Files.realPath(sandbox("link/b")) == "\(real)/a/b")
    #expect(try Files.realPath(sandbox("link/missing")) == nil && Files.realPath(sandbox("a/b/c")) == nil)
  }

  @Test func makesFolders() throws {
    try Files.makeFolder(sandbox("a/b/c"))
    try Files.makeFolder(sandbox("a/b/c/"))
    #expect(try Files.attributes(sandbox("a/b/c"), followingLinks: false)?.kind == .folder)
    try sandbox.link("link", to: "a")
    try Files.makeFolder(sandbox("link/d"))
    try Files.makeFolder(sandbox("link"))
    try Files.makeFolder("/")
    try sandbox.write("x", "file")
    try sandbox.link("dangling", to: "nowhere")
    for name in ["file", "file/x", "dangling", "dangling/x"] {
      let path = sandbox(name)
      #expect(["EEXIST", "ENOTDIR"].contains(failure { () throws(FileError) in try Files.makeFolder(path) }))
    }
  }

  @Test func threadsMakeOneFolder() throws {
    let path = sandbox("a/b/c/d/e")
    let errors = Locked<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      if let error = failure({ () throws(FileError) in try Files.makeFolder(path) }) {
        errors.withLock { $0.append(error) }
      }
    }
    #expect(errors.withLock { $0 } == [])
  }

  @Test func sweepsWhatOtherProcessesLeft() throws {
    try sandbox.write("x", "\(own)/temporary/another.folder/x")
    try sandbox.write("x", "\(own)/temporary/another.file")
    try Files.replace(sandbox("container/a"), in: container) { (temporary) throws(FileError) in
      try OpenFile(writing: CPath(temporary), mode: 0o600).finish()
      Files.sweepTemporary(of: container)
    }
    #expect(try sandbox.files() == ["container/a"])
    #expect(try Files.attributes(sandbox("\(own)/temporary/another.folder"), followingLinks: false) == nil)
    Files.sweepTemporary(of: Container(path: sandbox("nowhere")))
  }

  @Test func aZeroByteCutsNoPath() throws {
    try sandbox.write("x", "a")
    let path = sandbox("a\0b")
    let tasks: [() throws(FileError) -> Void] = [
      { () throws(FileError) in _ = try Files.read(path) },
      { () throws(FileError) in _ = try Files.attributes(path, followingLinks: true) },
      { () throws(FileError) in _ = try Files.realPath(path) },
      { () throws(FileError) in _ = try Files.filesBelow(path) },
      { () throws(FileError) in try Files.remove(path) },
      { () throws(FileError) in try Files.removeTree(path) },
      { () throws(FileError) in try Files.makeFolder(path) },
      { () throws(FileError) in try Files.rename(path, into: sandbox("c")) },
      { () throws(FileError) in try Files.rename(sandbox("a"), into: path) },
      { () throws(FileError) in try Files.copyAtomically(path, to: sandbox("c"), in: container) },
      { () throws(FileError) in try Files.writeAtomically(Data(), to: path, in: container) },
    ]
    for task in tasks { #expect(failure(task) == "EINVAL") }
    #expect(try sandbox.files() == ["a"])
  }
}

@Suite struct FilesCallTests {
  @Test func aSignalIsNoError() throws {
    var calls = 0
    let result = try attempt { () -> Int32 in
      calls += 1
      errno = EINTR
      return calls < 3 ? -1 : 7
    }
    #expect(result == 7 && calls == 3)
  }

  @Test func anErrorIsCapturedAtOnce() {
    #expect(
      throws: FileError(number: EDQUOT),
      performing: {
        try attempt { () -> Int32 in
          errno = EDQUOT
          return -1
        }
      })
  }

  @Test func names() {
    #expect(FileError(number: ENOENT).name == "ENOENT" && FileError(number: ENOSPC).name == "ENOSPC")
    #expect(FileError(number: 12345).name == "errno 12345")
    #expect(FileError(number: ENOTDIR).isAbsence && !FileError(number: EACCES).isAbsence)
  }
}
