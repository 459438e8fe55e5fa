import BAMessages
import BAPrincipal
import Foundation
import Glibc

/// Writes whole frames, from any thread.
final class FrameWriter: Sendable {
  private let descriptor: Locked<Int32>

  init(descriptor: Int32) {
    self.descriptor = Locked(descriptor)
  }

  /// A peer that is gone is noticed by whoever reads; here it is not an error.
  func write(_ frame: ExtensionChildFrame) {
    do {
      write(try JSON.encode(frame))
    } catch {
      // JSON has no words for a number that a native function or a handler made up.
      write(.problem("A frame could not be written: \(error)."))
    }
  }

  private func write(_ json: Data) {
    guard json.count <= FrameFormat.maximumBytes else {
      return write(.problem("A frame could not be written: it is longer than 64 MiB."))
    }
    var bytes = Data(capacity: FrameFormat.headerBytes + json.count)
    withUnsafeBytes(of: UInt32(json.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(json)
    descriptor.withLock { descriptor in
      bytes.withUnsafeBytes { bytes in
        var written = 0
        while written < bytes.count {
          let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { return }
          written += count
        }
      }
    }
  }
}

extension ExtensionChildFrame {
  static func problem(
    _ message: String, code: ProtocolError.Code = .protocolInvalidFrame
  ) -> ExtensionChildFrame {
    .protocolError(ProtocolError(code: code, message: message))
  }
}
