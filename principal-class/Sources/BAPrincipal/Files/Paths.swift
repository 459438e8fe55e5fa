/// Paths as texts. Everything here works on bytes: for Swift, a slash and an accent after it are one character, and two
/// spellings of an accented letter are equal, while they name two files.
enum Paths {
  private static let slash = UInt8(ascii: "/")

  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

  static func endsWithSlash(_ path: String) -> Bool { path.utf8.last == slash }

  /// An empty name stands for the folder itself.
  static func joined(_ folder: String, _ name: String) -> String {
    name.isEmpty ? folder : endsWithSlash(folder) ? folder + name : "\(folder)/\(name)"
  }

  /// What `path` means in `folder`, without `.`, `..`, and slashes that are one too many.
  static func resolve(_ folder: String, _ path: String) -> String {
    normalized(isAbsolute(path) ? path : joined(folder, path))
  }

  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.utf8.split(separator: slash).map(Substring.init) {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return (isAbsolute(path) ? "/" : "") + parts.joined(separator: "/")
  }

  /// The folder of a path; `/` has itself.
  static func parent(of path: String) -> String {
    let bytes = path.utf8
    guard let last = bytes.lastIndex(of: slash) else { return path }
    return last == bytes.startIndex ? "/" : String(path[..<last])
  }

  /// Whether `path` is `folder` or lies below it, by their names alone.
  static func isWithin(_ path: String, _ folder: String) -> Bool {
    let (path, folder) = (normalized(path), normalized(folder))
    return areEqual(path, folder) || path.utf8.starts(with: joined(folder, "x").utf8.dropLast())
  }

  static func areEqual(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }
}
