#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Folders with everything below them. Links are not followed.
extension Files {
  /// Something in a folder.
  struct Entry {
    let name: String
    let path: CPath
    let kind: FileAttributes.Kind
  }

  /// Removes a file, a link, or a folder with everything in it. Does nothing where there is nothing.
  package static func removeTree(_ path: String) throws(FileError) {
    try removeTree(CPath(path))
  }

  static func removeTree(_ path: CPath) throws(FileError) {
    do throws(FileError) {
      if try kind(of: path) == .folder {
        for entry in try entries(of: path) { try removeTree(entry.path) }
        try change("rmdir") { rmdir(path.characters) }
      } else {
        try change("unlink") { unlink(path.characters) }
      }
    } catch {
      guard error.number == ENOENT else { throw error }
    }
  }

  /// Paths of the files below a folder, relative to it, in the order of JavaScript. None where there is no folder.
  package static func filesBelow(_ folder: String) throws(FileError) -> [String] {
    var files: [String] = []
    var folders = [(path: try CPath(folder), prefix: "")]
    while let (path, prefix) = folders.popLast() {
      let found = try unlessAbsent { () throws(FileError) in try entries(of: path) }
      for entry in found ?? [] {
        switch entry.kind {
        case .file: files.append(prefix + entry.name)
        case .folder: folders.append((entry.path, "\(prefix)\(entry.name)/"))
        case .link, .other: continue
        }
      }
    }
    return files.sorted(by: javaScriptOrder)
  }

  /// What is in a folder, in no order.
  static func entries(of folder: CPath) throws(FileError) -> [Entry] {
    let stream = try attemptPointer { opendir(folder.characters) }
    defer { closedir(stream) }
    var found: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        let number = errno
        if number == 0 { return found }
        throw FileError(number: number)
      }
      // In place: the memory of an entry ends with its name, not with the array that C declares for it.
      guard let field = entry.pointer(to: \.d_name) else { continue }
      let name = UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self)
      if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { continue }
      let path = folder.appending(name)
      guard let kind = try kind(of: path, type: Int32(entry.pointee.d_type)) else { continue }
      found.append(Entry(name: String(cString: name), path: path, kind: kind))
    }
  }

  /// - Parameter type: what the folder says. Some volumes do not.
  private static func kind(of path: CPath, type: Int32) throws(FileError) -> FileAttributes.Kind? {
    switch type {
    case Int32(DT_REG): .file
    case Int32(DT_DIR): .folder
    case Int32(DT_LNK): .link
    case Int32(DT_UNKNOWN): try unlessAbsent { () throws(FileError) in try kind(of: path) }
    default: .other
    }
  }

  private static func kind(of path: CPath) throws(FileError) -> FileAttributes.Kind {
    var status = stat()
    try attempt { lstat(path.characters, &status) }
    return FileAttributes(status).kind
  }
}

/// Whether `one` comes before `other` where JavaScript sorts texts: by UTF-16 code units.
func javaScriptOrder(_ one: String, _ other: String) -> Bool {
  one.utf16.lexicographicallyPrecedes(other.utf16)
}
