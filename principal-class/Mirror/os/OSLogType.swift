/// How important a message is. Apple's is a C enum that any number fits; the numbers are those of `os/log.h`.
public struct OSLogType: Equatable, Hashable, RawRepresentable, Sendable {
  public var rawValue: UInt8

  public init(_ rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static var `default`: OSLogType { OSLogType(rawValue: 0) }
  public static var info: OSLogType { OSLogType(rawValue: 1) }
  public static var debug: OSLogType { OSLogType(rawValue: 2) }
  public static var error: OSLogType { OSLogType(rawValue: 16) }
  public static var fault: OSLogType { OSLogType(rawValue: 17) }
}
