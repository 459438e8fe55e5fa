internal import BAMessages
internal import Foundation

/// One line of the persisted log.
struct LogLine: Encodable, Sendable {
  /// Bytes of UTF-8 that a text may have. One line must not push out all others.
  static let limit = 8 << 10

  /// ISO 8601, UTC, to the millisecond.
  let time: String
  let level: LogLevel
  let source: LogEntry.Source
  let message: String
  /// Of a diagnostic: its code, the callback that it is about, the way out, and where the handler threw.
  let code: String?
  let callback: String?
  let hint: String?
  let stack: String?

  init(_ entry: LogEntry, at time: Date = .now) {
    self.init(time, entry.level, entry.source, entry.message)
  }

  init(_ observation: Observation, at time: Date = .now) {
    let error = observation.error
    self.init(
      time, observation.severity.level, .principal, error.message,
      code: error.code, callback: observation.callback, hint: error.hint, stack: error.stack)
  }

  private init(
    _ time: Date, _ level: LogLevel, _ source: LogEntry.Source, _ message: String,
    code: String? = nil, callback: String? = nil, hint: String? = nil, stack: String? = nil
  ) {
    self.time = time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    self.level = level
    self.source = source
    self.message = limited(message)
    self.code = code.map(limited)
    self.callback = callback
    self.hint = hint.map(limited)
    self.stack = stack.map(limited)
  }
}

/// The text, cut where it is too long.
private func limited(_ text: String) -> String {
  let bytes = text.utf8
  guard var end = bytes.index(bytes.startIndex, offsetBy: LogLine.limit, limitedBy: bytes.endIndex),
    end != bytes.endIndex
  else { return text }
  // Not within a character.
  while bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
  return text[..<end] + "…"
}
