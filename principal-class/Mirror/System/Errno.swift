internal import Glibc

/// The number of a failed system call.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct Errno: RawRepresentable, Error, Hashable, Codable, Sendable {
  public let rawValue: CInt

  public init(rawValue: CInt) {
    self.rawValue = rawValue
  }

  public static var noSuchFileOrDirectory: Errno { Errno(rawValue: 2) }
  public static var interrupted: Errno { Errno(rawValue: 4) }
  public static var badFileDescriptor: Errno { Errno(rawValue: 9) }
  public static var permissionDenied: Errno { Errno(rawValue: 13) }
}

@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
extension Errno: CustomStringConvertible {
  public var description: String { String(cString: strerror(rawValue)) }
}
