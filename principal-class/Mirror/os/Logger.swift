/// Writes messages to the log of the system: the part of `Logger` that we use.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct Logger: Sendable {
  private let subsystem: String
  private let category: String

  /// A logger whose messages are found by these two.
  public init(subsystem: String, category: String) {
    self.subsystem = subsystem
    self.category = category
  }

  public func log(level: OSLogType, _ message: OSLogMessage) {
    UnifiedLog.take(
      LoggedMessage(subsystem: subsystem, category: category, type: level, text: message.interpolation.shown))
  }

  public func debug(_ message: OSLogMessage) {
    log(level: .debug, message)
  }

  public func info(_ message: OSLogMessage) {
    log(level: .info, message)
  }

  public func notice(_ message: OSLogMessage) {
    log(level: .default, message)
  }

  public func error(_ message: OSLogMessage) {
    log(level: .error, message)
  }

  public func fault(_ message: OSLogMessage) {
    log(level: .fault, message)
  }
}
