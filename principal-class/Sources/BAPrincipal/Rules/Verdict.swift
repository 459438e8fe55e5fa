package import BAMessages

/// How an event ended: as the guest says, or before it was sent.
enum GuestEnd {
  case dispatched(DispatchOutcome)
  case notLoaded(LaunchFailure)
  /// The engine ended during an event before this one.
  case notReached(String)
}

struct EventRun {
  var end: GuestEnd
  /// Downloads that left before the end, whether or not the answer was a success.
  var downloads: [URLDownload] = []
  /// Milliseconds that the loaded handler took; 0 when it was not asked.
  var durationMs = 0.0
}

/// What the system is answered, and what was wrong with what the handler said.
struct Verdict {
  var answer: SystemAnswer
  var outcome: Outcome
  var errors: [GuestError] = []
}

/// Apple's own defaults, which answer for a handler without the callback.
package func nativeAnswer(_ callback: Callback) -> SystemAnswer {
  switch callback {
  case .downloads: .downloads(downloads: [])
  case .didReceiveChallenge: .challenge(answer: .performDefaultHandling)
  case .shouldDownload: .shouldDownload(shouldDownload: true)
  case .downloadFailed, .downloadFinished, .extensionWillTerminate: .done
  }
}

/// What the policies of the configuration answer when the handler fails.
package func policyAnswer(_ callback: Callback, _ policies: ExtensionConfiguration.Policies) -> SystemAnswer {
  switch callback {
  case .didReceiveChallenge:
    switch policies.didReceiveChallenge {
    case .performDefaultHandling: .challenge(answer: .performDefaultHandling)
    case .cancelChallenge: .challenge(answer: .cancelChallenge)
    case .rejectProtectionSpace: .challenge(answer: .rejectProtectionSpace)
    }
  case .shouldDownload: .shouldDownload(shouldDownload: policies.shouldDownload)
  case .downloads, .downloadFailed, .downloadFinished, .extensionWillTerminate: nativeAnswer(callback)
  }
}

/// Judges how events were answered. The twin of `src/principal/verdict.ts`.
struct Judge {
  let configuration: ExtensionConfiguration

  func verdict(on event: GuestEvent, _ run: EventRun) -> Verdict {
    let callback = event.callback
    switch run.end {
    case .notLoaded(let failure):
      if let error = failure.guestError { return failed(event, run, .failed, loadError(error)) }
      return failed(event, run, .engine, GuestError(code: "BA_LOAD_FAILED", message: failure.message))
    case .notReached(let message):
      let text = "\(callback.rawValue) was not called: \(message)"
      return failed(event, run, .engine, GuestError(code: "BA_ENGINE_DIED", message: text))
    case .dispatched(.deadline):
      let text = "\(callback.rawValue) did not answer within \(configuration.deadlines[callback]) ms."
      let hint = "Answer sooner, or raise `deadlines.\(callback.rawValue)` in ba.config.ts."
      return failed(event, run, .deadline, GuestError(code: "BA_HANDLER_DEADLINE", message: text, hint: hint))
    case .dispatched(.engine(let message)), .dispatched(.stopped(let message)):
      let text = "The engine ended during \(callback.rawValue): \(message)"
      return failed(event, run, .engine, GuestError(code: "BA_ENGINE_DIED", message: text))
    case .dispatched(.answered(.notImplemented)):
      return Verdict(answer: nativeAnswer(callback), outcome: .notImplemented)
    case .dispatched(.answered(.rejected(let error))):
      return failed(event, run, .failed, error)
    case .dispatched(.answered(.fulfilled(let value))):
      return fulfilled(event, run, value)
    }
  }

  private func fulfilled(_ event: GuestEvent, _ run: EventRun, _ value: JSONValue?) -> Verdict {
    switch event {
    case .didReceiveChallenge:
      if let answer = parseChallengeAnswer(value) { return Verdict(answer: .challenge(answer: answer), outcome: .answered) }
      // Says nothing of the value, which may hold a password.
      return failed(event, run, .failed, resultInvalid("didReceiveChallenge must return an answer to the challenge."))
    case .shouldDownload:
      if case .bool(let answer) = value {
        return Verdict(answer: .shouldDownload(shouldDownload: answer), outcome: .answered)
      }
      return failed(event, run, .failed, resultInvalid("shouldDownload must return true or false."))
    case .downloads(let request):
      let checked = checkDownloads(run.downloads, essentialAllowed: request.essentialAllowed)
      if checked.errors.isEmpty { return Verdict(answer: downloadsAnswer(checked.valid), outcome: .answered) }
      let kept = configuration.policies.downloads == .keep ? checked.valid : []
      return Verdict(answer: downloadsAnswer(kept), outcome: .failed, errors: checked.errors)
    case .downloadFailed, .downloadFinished, .extensionWillTerminate:
      return Verdict(answer: nativeAnswer(event.callback), outcome: .answered)
    }
  }

  /// What was yielded before an answer failed counts only where the policy says so.
  private func failed(_ event: GuestEvent, _ run: EventRun, _ outcome: Outcome, _ error: GuestError) -> Verdict {
    guard case .downloads(let request) = event, configuration.policies.downloads == .keep else {
      return Verdict(answer: policyAnswer(event.callback, configuration.policies), outcome: outcome, errors: [error])
    }
    let checked = checkDownloads(run.downloads, essentialAllowed: request.essentialAllowed)
    return Verdict(answer: downloadsAnswer(checked.valid), outcome: outcome, errors: [error] + checked.errors)
  }

  private func downloadsAnswer(_ downloads: [URLDownload]) -> SystemAnswer {
    .downloads(downloads: downloads.map { $0.inGroup(configuration.applicationGroupIdentifier) })
  }

  private func resultInvalid(_ message: String) -> GuestError {
    GuestError(code: "BA_HANDLER_RESULT_INVALID", message: message)
  }

  /// The guest's own codes say more than that loading failed.
  private func loadError(_ error: GuestError) -> GuestError {
    if error.code.hasPrefix("BA_") && error.code != "BA_HANDLER_THREW" { return error }
    var loadError = error
    loadError.code = "BA_LOAD_FAILED"
    loadError.message = "The handler threw while it was loaded: \(error.message)"
    return loadError
  }
}

extension URLDownload {
  /// The same, for an app group where it names none.
  func inGroup(_ identifier: String) -> URLDownload {
    var download = self
    download.applicationGroupIdentifier = applicationGroupIdentifier ?? identifier
    return download
  }
}
