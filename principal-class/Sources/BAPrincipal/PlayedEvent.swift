internal import BAMessages
internal import Foundation

/// One event that the guest was sent, and what its host calls came to.
struct PlayedEvent {
  var run: EventRun
  var claim: Claim?
  var kept = false
  var notifications: [String] = []
}

extension Principal {
  /// Sends one event to the loaded handler, with its own deadline. `file`: what the event offers. `message`: what the
  /// system waits to be answered meanwhile.
  func play(_ event: GuestEvent, _ file: StagedFile?, _ guest: any Guest, during message: SystemMessage) -> PlayedEvent {
    let downloads = Locked<[URLDownload]>([])
    // Files that are offered again meanwhile are part of the call, too.
    let open = calls.open(event, file: file, beforeDownloads: message.callback == .downloads)
    options.checkpoint(event.callback.rawValue)
    let begin = ContinuousClock.now
    let deadline = options.configuration.deadlines[event.callback]
    let outcome = guest.dispatch(event, deadline: deadline) { download in
      downloads.withLock { $0.append(download) }
    }
    let duration = ContinuousClock.now - begin
    let closed = calls.close(open, within: deadline)
    let run = EventRun(
      end: .dispatched(outcome), downloads: downloads.withLock { $0 }, durationMs: duration / .milliseconds(1))
    return PlayedEvent(run: run, claim: closed.claim, kept: closed.kept, notifications: closed.notifications)
  }
}

extension EventRun {
  /// What the handler returned, as far as it leaves the engine.
  var value: JSONValue? {
    guard case .dispatched(.answered(.fulfilled(let value))) = end else { return nil }
    return value
  }
}
