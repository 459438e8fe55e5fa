#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What the file system says of a file.
package struct FileAttributes: Sendable, Equatable {
  package enum Kind: Sendable {
    case file, folder, link, other
  }

  package let kind: Kind
  /// Bytes.
  package let size: Int
  /// Milliseconds since 1970.
  package let modifiedAt: Double

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    size = Int(status.st_size)
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    modifiedAt = Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
