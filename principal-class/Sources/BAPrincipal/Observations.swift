internal import BAMessages

/// What the principal class observes while it answers one message.
struct Observations {
  let mode: Mode
  private(set) var all: [Observation] = []
  /// What the principal logs when the message has been answered.
  private(set) var log: [LogEntry] = []

  init(mode: Mode) {
    self.mode = mode
  }

  mutating func diagnose(_ error: GuestError, _ callback: Callback, _ severity: Observation.Severity = .error) {
    let key = error.namedKey ?? callback.rawValue
    all.append(Observation(error: error.withHint(mode), callback: key, severity: severity))
  }

  mutating func note(_ note: Note?, _ callback: Callback) {
    if let note { diagnose(note.error, callback, note.severity) }
  }

  /// How a callback was judged.
  /// - Parameter which: what tells it from others of the same message.
  mutating func judged(_ verdict: Verdict, _ callback: Callback, which: String = "") {
    for error in verdict.errors { diagnose(error, callback) }
    if verdict.errors.isEmpty { return }
    let message = "\(callback.rawValue)\(which): \(verdict.insteadOfHandler) (\(verdict.outcome.rawValue))."
    log.append(LogEntry(level: .error, message: message, source: .principal))
  }

  /// Without the secrets of the handler's answer.
  func redacted(_ secrets: [String]) -> [Observation] {
    all.map { observation in
      var clean = observation
      clean.error.message = redact(observation.error.message, secrets)
      clean.error.stack = observation.error.stack.map { redact($0, secrets) }
      return clean
    }
  }
}

extension Verdict {
  fileprivate var insteadOfHandler: String {
    switch answer {
    case .challenge(let answer): "\(answer.disposition) was answered"
    case .shouldDownload(let shouldDownload): "\(shouldDownload) was answered"
    case .downloads(let downloads) where !downloads.isEmpty: "of its answer, downloads are kept: \(downloads.count)"
    case .downloads, .done: "the native default answered"
    }
  }
}

extension ChallengeAnswer {
  fileprivate var disposition: String {
    switch self {
    case .useCredential: "useCredential"
    case .performDefaultHandling: "performDefaultHandling"
    case .cancelChallenge: "cancelChallenge"
    case .rejectProtectionSpace: "rejectProtectionSpace"
    }
  }
}
