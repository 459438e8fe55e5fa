import CBARuntime
import Foundation

// Text crosses ba_runtime.h as UTF-8 with a length. What comes is valid during a callback only, so it is copied.

extension Data {
  init(_ text: ba_string) {
    self.init(UnsafeRawBufferPointer(start: text.data, count: text.length))
  }

  /// Lends the bytes for a call.
  func withText<Result>(_ body: (ba_string) -> Result) -> Result {
    withUnsafeBytes { bytes in
      let characters = bytes.assumingMemoryBound(to: CChar.self)
      return body(ba_string(data: characters.baseAddress, length: characters.count))
    }
  }
}

extension String {
  init(_ text: ba_string) {
    self.init(decoding: UnsafeRawBufferPointer(start: text.data, count: text.length), as: UTF8.self)
  }

  /// Nil for a text that is absent.
  init?(ifPresent text: ba_string) {
    guard text.data != nil else { return nil }
    self.init(text)
  }
}

/// The message of the call that has just failed on this thread.
func lastError() -> String {
  String(cString: ba_last_error())
}
