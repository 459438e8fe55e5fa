internal import BAMessages

/// What handler and principal log, on its way out. While a challenge is being answered nothing leaves: the handler may
/// have logged the password of its answer, which is taken out as soon as it is known.
final class HandlerLog: Sendable {
  private struct State {
    var challenges = 0
    var held: [LogEntry] = []
    var secrets: [String] = []
  }

  private let state = Locked(State())
  private let sink: @Sendable (LogEntry) -> Void

  init(sink: @escaping @Sendable (LogEntry) -> Void) {
    self.sink = sink
  }

  func write(_ entry: LogEntry) {
    let isHeld = state.withLock { state in
      if state.challenges > 0 { state.held.append(entry) }
      return state.challenges > 0
    }
    if !isHeld { sink(entry) }
  }

  /// A challenge is about to be answered.
  func hold() {
    state.withLock { $0.challenges += 1 }
  }

  /// It has been: what was held leaves with the last of them.
  func release(secrets: [String]) {
    let (entries, secrets) = state.withLock { state -> ([LogEntry], [String]) in
      state.challenges -= 1
      state.secrets += secrets
      if state.challenges > 0 { return ([], []) }
      defer { state = State() }
      return (state.held, state.secrets)
    }
    for entry in entries {
      sink(LogEntry(level: entry.level, message: redact(entry.message, secrets), source: entry.source))
    }
  }
}
