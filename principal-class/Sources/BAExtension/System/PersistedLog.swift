internal import BAMessages
internal import BAPrincipal
internal import Foundation

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A log that outlives the process and that the app can read and send: `log.jsonl` in the principal's folder of the
/// container, one JSON object on each line. A line is written with one call, so that lines of two processes do not mix.
///
/// It never takes more than twice its limit: a file that is full becomes `log.1.jsonl`, in the place of the one before.
/// Only the user of the device may read it. The system may purge it with the other caches.
final class PersistedLog: Sendable {
  /// Bytes of one file.
  static let limit = 256 << 10

  private let folder: String
  private let limit: Int
  /// Held while a line is written. Not of `Void`: what has no size shares its address with the object's head, and the
  /// thread sanitizer takes the one for the other.
  private let turn = Locked(0)

  /// - Parameter folder: absolute path; made when it is missing, at any time.
  init(folder: String, limit: Int = PersistedLog.limit) {
    self.folder = folder
    self.limit = limit
  }

  private var path: String { "\(folder)/log.jsonl" }

  /// Throws what keeps the line from being written. Nothing is left of it then.
  func append(_ line: LogLine) throws(FileError) {
    // A line has nothing that JSON has no words for.
    guard var text = try? JSON.encode(line) else { return }
    text.append(UInt8(ascii: "\n"))
    let bytes = text
    let failure = turn.withLock { _ -> FileError? in
      do throws(FileError) {
        try write(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func write(_ line: Data) throws(FileError) {
    // Opened for each line: the folder may have been purged since the last one.
    var file: LogFile
    do throws(FileError) {
      file = try LogFile(path)
    } catch {
      guard error.number == ENOENT else { throw error }
      try Files.makeFolder(folder)
      file = try LogFile(path)
    }
    let size = try file.size()
    if size > 0, size + line.count > limit {
      try Files.rename(path, into: "\(folder)/log.1.jsonl")
      file = try LogFile(path)
    }
    try file.append(line)
  }
}

/// The open file, closed at the end of its life.
private struct LogFile: ~Copyable {
  private let descriptor: Int32

  /// Makes the file where there is none.
  init(_ path: String) throws(FileError) {
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor == -1 { throw FileError(number: errno) }
  }

  deinit { _ = close(descriptor) }

  func size() throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(number: errno) }
    return Int(status.st_size)
  }

  func append(_ line: Data) throws(FileError) {
    let before = try size()
    let (count, number) = line.withUnsafeBytes { bytes in
      let count = write(descriptor, bytes.baseAddress, bytes.count)
      return (count, errno)
    }
    if count == line.count { return }
    // The volume is full, or nearly so. Half a line would spoil the next one.
    _ = ftruncate(descriptor, off_t(before))
    throw FileError(number: count == -1 ? number : ENOSPC)
  }
}
