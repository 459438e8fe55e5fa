import Foundation
import Glibc

/// The frames of `src/protocol/frames.ts` as bytes: a 32-bit little-endian length, then that many bytes of UTF-8 JSON.
enum FrameFormat {
  /// `protocolVersion` of `src/protocol/version.ts`.
  static let protocolVersion = 1
  static let headerBytes = 4
  static let maximumBytes = 64 << 20
}

/// Reads the frames of the other side, on one thread.
struct FrameReader {
  enum Read: Equatable {
    case frame(Data)
    /// The other side is gone, perhaps in the middle of a frame.
    case end
    /// A length that no frame has.
    case broken
  }

  let descriptor: Int32

  /// Blocks.
  func next() -> Read {
    guard let header = read(FrameFormat.headerBytes) else { return .end }
    let length = header.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= FrameFormat.maximumBytes else { return .broken }
    return read(length).map(Read.frame) ?? .end
  }

  private func read(_ count: Int) -> Data? {
    var data = Data(count: count)
    let isWhole = data.withUnsafeMutableBytes { buffer in
      var filled = 0
      while filled < count {
        let bytes = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
        if bytes < 0, errno == EINTR { continue }
        guard bytes > 0 else { return false }
        filled += bytes
      }
      return true
    }
    return isWhole ? data : nil
  }
}
