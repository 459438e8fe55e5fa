internal import BAMessages

/// An event that is open: what belongs to it, and which of its calls are under way.
final class OpenEvent: Sendable {
  let isChallenge: Bool
  /// Whether nothing can be scheduled: the system waits for the answer of `downloads`.
  let isBeforeDownloads: Bool
  /// The finished file that it offers, if it offers one.
  let file: OfferedFile?
  private let manifest: MappedFile?
  private let state = Locked(State())

  private struct State {
    var running = 0
    var hasEnded = false
    var notifications: [String] = []
    var quiet: (@Sendable () -> Void)?
  }

  init(_ event: GuestEvent, file: StagedFile?, beforeDownloads: Bool) {
    isChallenge = event.callback == .didReceiveChallenge
    isBeforeDownloads = beforeDownloads || event.callback == .downloads
    self.file = file.map(OfferedFile.init)
    if case .downloads(let request) = event { manifest = request.manifest } else { manifest = nil }
  }

  /// The file of the event that a token names.
  func file(_ token: String) -> ReadableFile? {
    if let file, file.staged.token == token { return .offered(file) }
    if let manifest, manifest.token == token { return .other(manifest.path) }
    return nil
  }

  var hasEnded: Bool { state.withLock(\.hasEnded) }

  func end() {
    state.withLock { $0.hasEnded = true }
  }

  /// Names of the Darwin notifications that were posted.
  var notifications: [String] { state.withLock(\.notifications) }

  func posted(_ notification: String) {
    state.withLock { $0.notifications.append(notification) }
  }

  func callStarted() {
    state.withLock { $0.running += 1 }
  }

  func callEnded() {
    let quiet = state.withLock { state in
      state.running -= 1
      return state.running == 0 ? state.quiet : nil
    }
    quiet?()
  }

  /// Calls back when no call is under way. The event has ended, so that none comes.
  func whenQuiet(_ quiet: @escaping @Sendable () -> Void) {
    let isQuiet = state.withLock { state in
      state.quiet = quiet
      return state.running == 0
    }
    if isQuiet { quiet() }
  }
}
