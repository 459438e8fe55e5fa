package import BAMessages
package import BAPrincipal
internal import Dispatch

/// Plays the guest of a vector, and records what it was told.
package final class ScriptedGuest: Guest {
  package let callbacks: [String] = []
  private let script: GuestScript
  private let hooks: GuestHooks
  private let record: Record
  /// Calls that were started and not waited for.
  private let started = DispatchGroup()

  /// What a guest was told, also when it was never launched.
  package final class Record: Sendable {
    fileprivate struct State {
      var events: [GuestEvent] = []
      var replies: [HostReply?] = []
    }

    fileprivate let state = Locked(State())

    package init() {}

    package var events: [GuestEvent] { state.withLock(\.events) }
    /// In the order of the calls; nil where none has come.
    package var hostReplies: [HostReply?] { state.withLock(\.replies) }
  }

  private init(script: GuestScript, hooks: GuestHooks, record: Record) {
    self.script = script
    self.hooks = hooks
    self.record = record
  }

  package static func launch(
    _ script: GuestScript, _ hooks: GuestHooks, _ record: Record
  ) throws(LaunchFailure) -> any Guest {
    if let failure = script.launchFailure {
      throw LaunchFailure(code: failure.code, message: failure.message, guestError: failure.guestError)
    }
    return ScriptedGuest(script: script, hooks: hooks, record: record)
  }

  /// Scripts of files that were not offered again. The message's own event need not come.
  package static func unplayed(_ script: GuestScript, _ record: Record) -> Int {
    max(0, script.events.count - 1 - record.events.count)
  }

  package func dispatch(
    _ event: GuestEvent, deadline: Int, onDownload: @escaping @Sendable (URLDownload) -> Void
  ) -> DispatchOutcome {
    let index = record.state.withLock { state in
      state.events.append(event)
      return state.events.count - 1
    }
    guard index < script.events.count else { return .engine("The vector has no script for this event.") }
    let event = script.events[index]
    for step in event.say {
      switch step {
      case .call(let call): say([call]).wait()
      case .together(let calls): say(calls).wait()
      case .start(let call): say([call], in: started)
      case .download(let download): onDownload(download)
      case .log(let log): hooks.onLog(log.level, log.message)
      }
    }
    switch (event.end.outcome, event.end.reply) {
    case ("answered", let reply?): return .answered(reply)
    case ("deadline", _): return .deadline(event.end.message ?? "")
    case ("stopped", _): return .stopped(event.end.message ?? "")
    default: return .engine(event.end.message ?? "")
    }
  }

  package func stop() {
    for call in script.late { say([call]).wait() }
    started.wait()
  }

  @discardableResult
  private func say(_ calls: [HostCall], in group: DispatchGroup = DispatchGroup()) -> DispatchGroup {
    for call in calls {
      let index = record.state.withLock { state in
        state.replies.append(nil)
        return state.replies.count - 1
      }
      group.enter()
      hooks.onHostCall(call) { [record] reply in
        record.state.withLock { $0.replies[index] = reply }
        group.leave()
      }
    }
    return group
  }
}
