internal import BAMessages
internal import Foundation
internal import os

/// `os.Logger`, as the extension uses it.
struct UnifiedLogging: Sendable {
  /// Whether everybody may read what the handler says.
  private let showsHandler: Bool
  private let subsystem = Bundle.main.bundleIdentifier ?? "ba-extension"

  #if DEBUG
  static let isDebug = true
  #else
  static let isDebug = false
  #endif

  init(showsHandler: Bool = UnifiedLogging.isDebug) {
    self.showsHandler = showsHandler
  }

  func write(_ entry: LogEntry) {
    let logger = logger(entry.source)
    // The compiler must know who may see a value, so there are two calls.
    if showsHandler || entry.source != .handler {
      logger.log(level: OSLogType(entry.level), "\(entry.message, privacy: .public)")
    } else {
      logger.log(level: OSLogType(entry.level), "\(entry.message, privacy: .private)")
    }
  }

  func write(_ observation: Observation) {
    let logger = logger(.principal)
    let error = observation.error
    let level = OSLogType(observation.severity.level)
    let what = "\(error.code) \(observation.callback)"
    let words = [error.message, error.hint].compactMap { $0 }.joined(separator: " ")
    if showsHandler {
      logger.log(level: level, "\(what, privacy: .public): \(words, privacy: .public)")
    } else {
      logger.log(level: level, "\(what, privacy: .public): \(words, privacy: .private)")
    }
  }

  private func logger(_ source: LogEntry.Source) -> Logger {
    Logger(subsystem: subsystem, category: source.rawValue)
  }
}

extension OSLogType {
  fileprivate init(_ level: LogLevel) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .default: self = .default
    case .error: self = .error
    case .fault: self = .fault
    }
  }
}

extension Observation.Severity {
  /// Unified logging has no warnings.
  var level: LogLevel {
    switch self {
    case .error: .error
    case .warning: .default
    case .info: .info
    }
  }
}
