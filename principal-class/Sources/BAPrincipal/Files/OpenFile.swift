internal import Foundation

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A file descriptor, closed at the end of its life.
struct OpenFile: ~Copyable {
  private let descriptor: Int32

  init(reading path: CPath) throws(FileError) {
    descriptor = try attempt { open(path.characters, O_RDONLY | O_CLOEXEC) }
  }

  /// Makes the file, or empties it.
  init(writing path: CPath, mode: mode_t) throws(FileError) {
    descriptor = try change("open") { open(path.characters, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode) }
  }

  deinit { _ = close(descriptor) }

  /// Closes the file, which can tell that an earlier write has failed.
  consuming func finish() throws(FileError) {
    let descriptor = descriptor
    discard self
    let result = close(descriptor)
    let number = errno
    // After a signal the descriptor is gone all the same.
    if result == -1, number != EINTR { throw FileError(number: number) }
  }

  func attributes() throws(FileError) -> FileAttributes {
    var status = stat()
    try attempt { fstat(descriptor, &status) }
    return FileAttributes(status)
  }

  func contents() throws(FileError) -> Data {
    var contents = Data()
    try forEachChunk { (chunk) throws(FileError) in contents.append(contentsOf: chunk) }
    return contents
  }

  /// From where the file stands to its end. The memory of an extension is scarce, so chunks are small.
  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws(FileError) -> Void) throws(FileError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try attempt { read(descriptor, buffer.baseAddress, buffer.count) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Darwin refuses more than 2^31 - 1 bytes at a time.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      rest = rest.dropFirst(try change("write") { write(descriptor, part.baseAddress, part.count) })
    }
  }

  func append(_ data: Data) throws(FileError) {
    let failure = data.withUnsafeBytes { bytes -> FileError? in
      do throws(FileError) {
        try append(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Makes a file that shares the blocks of this one. False where the volume cannot do that.
  func clone(to path: CPath) throws(FileError) -> Bool {
    #if canImport(Darwin)
    Files.announce("fclonefileat")
    return fclonefileat(descriptor, AT_FDCWD, path.characters, 0) == 0
    #else
    let target = try OpenFile(writing: path, mode: 0o600)
    // `FICLONE` of linux/fs.h, a macro that Swift cannot read.
    return ioctl(target.descriptor, 0x4004_9409, descriptor) == 0
    #endif
  }
}
