package import Foundation

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What the principal class does with files. All paths are absolute.
package enum Files {
  /// For tests: is told the C function of each call that changes files, before it is made.
  package static let willChange = Locked<(@Sendable (String) -> Void)?>(nil)

  static func announce(_ function: String) {
    let hook = willChange.withLock { $0 }
    hook?(function)
  }

  /// Marks the temporary files of this process: those of any other are leftovers of one that was killed.
  private static let thisProcess = UUID().uuidString

  /// Writes a file so that a reader sees the old content or the new, never a part. The temporary file lies in the
  /// principal's folder: on the volume of the container, and in no listing of a handler.
  /// - Parameter mode: permission bits of the new file.
  package static func writeAtomically(
    _ data: Data, to path: String, in container: Container, mode: mode_t = 0o644
  ) throws(FileError) {
    try replace(path, in: container) { (temporary) throws(FileError) in
      let file = try OpenFile(writing: CPath(temporary), mode: mode)
      try file.append(data)
      try file.finish()
    }
  }

  /// Copies a file in the same way; on volumes that can, both share their blocks.
  package static func copyAtomically(_ from: String, to path: String, in container: Container) throws(FileError) {
    try replace(path, in: container) { (temporary) throws(FileError) in
      let source = try OpenFile(reading: CPath(from))
      // A folder can be opened, too, and on some systems cloned.
      guard try source.attributes().kind == .file else { throw FileError(number: EISDIR) }
      let target = try CPath(temporary)
      if try !source.clone(to: target) {
        let copy = try OpenFile(writing: target, mode: 0o600)
        try source.forEachChunk { (chunk) throws(FileError) in try copy.append(chunk) }
        try copy.finish()
      }
      // The manifest is read-only, and the copy is the handler's own.
      try change("chmod") { chmod(target.characters, 0o644) }
    }
  }

  /// Replaces a file by what `make` puts at a temporary path.
  static func replace(
    _ path: String, in container: Container, make: (_ temporary: String) throws(FileError) -> Void
  ) throws(FileError) {
    let temporary = Paths.joined(container.temporaryFolder, "\(thisProcess).\(UUID().uuidString)")
    do throws(FileError) {
      try withFolder(of: temporary) { () throws(FileError) in try make(temporary) }
      try rename(temporary, into: path)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Removes what processes left that were killed while they wrote.
  static func sweepTemporary(of container: Container) {
    guard let folder = try? CPath(container.temporaryFolder), let names = try? entries(of: folder) else { return }
    for entry in names where !entry.name.utf8.starts(with: thisProcess.utf8) { try? removeTree(entry.path) }
  }

  /// Renames, replacing a file that is there, and makes parent folders.
  package static func rename(_ from: String, into to: String) throws(FileError) {
    let (source, target) = (try CPath(from), try CPath(to))
    try withFolder(of: to) { () throws(FileError) in
      try change("rename") { renamed(source.characters, target.characters) }
    }
  }

  /// Makes the folder of `path` when it turns out to be missing, which is seldom.
  private static func withFolder(of path: String, _ task: () throws(FileError) -> Void) throws(FileError) {
    do throws(FileError) {
      return try task()
    } catch {
      guard error.number == ENOENT else { throw error }
    }
    try makeFolder(Paths.parent(of: path))
    try task()
  }

  /// Removes a file or a link. Does nothing where there is none.
  package static func remove(_ path: String) throws(FileError) {
    let path = try CPath(path)
    _ = try unlessAbsent { () throws(FileError) in try change("unlink") { unlink(path.characters) } }
  }

  /// Nil where there is nothing.
  package static func attributes(_ path: String, followingLinks: Bool) throws(FileError) -> FileAttributes? {
    let path = try CPath(path)
    return try unlessAbsent { () throws(FileError) in
      var status = stat()
      try attempt { followingLinks ? stat(path.characters, &status) : lstat(path.characters, &status) }
      return FileAttributes(status)
    }
  }

  /// Nil where there is no file.
  package static func read(_ path: String) throws(FileError) -> Data? {
    let path = try CPath(path)
    return try unlessAbsent { () throws(FileError) in try OpenFile(reading: path).contents() }
  }

  /// Where a path leads when every link on it has been followed. Nil where there is nothing.
  package static func realPath(_ path: String) throws(FileError) -> String? {
    let path = try CPath(path)
    return try unlessAbsent { () throws(FileError) in
      let real = try attemptPointer { realpath(path.characters, nil) }
      defer { free(real) }
      return String(cString: real)
    }
  }

  /// Makes a folder and those above it. One that is there is fine.
  package static func makeFolder(_ path: String) throws(FileError) {
    let folder = try CPath(path)
    let make = { () throws(FileError) -> Void in try change("mkdir") { mkdir(folder.characters, 0o777) } }
    do throws(FileError) {
      do throws(FileError) {
        try make()
      } catch {
        let parent = Paths.parent(of: path)
        guard error.number == ENOENT, !Paths.areEqual(parent, path) else { throw error }
        try makeFolder(parent)
        try make()
      }
    } catch {
      // Not only `EEXIST` says that it is there: a volume that is read-only says so first.
      if try attributes(path, followingLinks: true)?.kind != .folder { throw error }
    }
  }
}

/// C's function, whose name `Files` uses for another one.
private func renamed(_ from: [CChar], _ to: [CChar]) -> Int32 { rename(from, to) }
