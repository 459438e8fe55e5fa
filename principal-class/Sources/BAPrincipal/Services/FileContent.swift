internal import CryptoKit

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The content of a file that is open for reading, wherever the file is moved meanwhile.
final class FileContent: Sendable {
  private let file: OpenFile

  init(path: String) throws(FileError) {
    file = try OpenFile(reading: CPath(path))
  }

  /// The hash of it, in hexadecimal. Memory does not grow with the file.
  /// - Parameter isWanted: asked before each part. Nil is returned when it says no.
  func sha256(while isWanted: () -> Bool) throws(FileError) -> String? {
    var hash = SHA256()
    var isWhole = true
    do throws(FileError) {
      try file.forEachChunk { (chunk) throws(FileError) in
        isWhole = isWanted()
        if !isWhole { throw FileError(number: ECANCELED) }
        hash.update(bufferPointer: chunk)
      }
    } catch {
      if isWhole { throw error }
      return nil
    }
    return hash.finalize().reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
  }
}
