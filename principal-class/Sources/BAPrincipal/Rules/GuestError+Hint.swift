internal import BAMessages

extension GuestError {
  /// The error with its way out: its own, or the one that its code has. The guest sends none: bundles stay small.
  func withHint(_ mode: Mode) -> GuestError {
    var error = self
    error.hint = hint ?? (code == "BA_HANDLER_UNKNOWN_KEY" ? unknownCallbackHint(mode) : hints[code])
    return error
  }

  /// The way out of a key of the handler that is no callback of its mode.
  private func unknownCallbackHint(_ mode: Mode) -> String {
    let callbacks = Callback.all(of: mode).map(\.rawValue)
    if let meant = didYouMean(quotedName ?? "", callbacks + ["concurrent"]) { return "Did you mean \"\(meant)\"?" }
    return "A handler of mode \"\(mode.rawValue)\" may have \(callbacks.joined(separator: ", "))."
  }

  /// Errors about one key of the handler object point at that key, not at the callback that was about to run.
  var namedKey: String? {
    ["BA_HANDLER_UNKNOWN_KEY", "BA_HANDLER_NOT_FUNCTION"].contains(code) ? quotedName : nil
  }

  /// The first name in quotes in the message.
  private var quotedName: String? {
    let parts = message.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }
}
