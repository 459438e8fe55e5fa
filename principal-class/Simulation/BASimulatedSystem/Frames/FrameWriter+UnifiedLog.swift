import BAMessages
@_spi(BASimulation) import os

extension FrameWriter {
  /// Sends what the process writes to unified logging, such as lines of the app's own Swift; private values are
  /// redacted, as on a device. Returns what ends it.
  @discardableResult
  func followUnifiedLog() -> @Sendable () -> Void {
    UnifiedLog.add { [self] message in
      let source = LogEntry.Source(rawValue: message.category) ?? .handler
      write(.log(entry: LogEntry(level: LogLevel(message.type), message: message.text, source: source)))
    }
  }
}

extension LogLevel {
  fileprivate init(_ type: OSLogType) {
    switch type {
    case .debug: self = .debug
    case .info: self = .info
    case .error: self = .error
    case .fault: self = .fault
    default: self = .default
    }
  }
}
