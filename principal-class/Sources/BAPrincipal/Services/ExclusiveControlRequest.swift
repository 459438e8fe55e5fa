internal import BAMessages
internal import Dispatch

/// One request to the system, whose answer and withdrawal may cross: exactly one of them comes first.
final class ExclusiveControlRequest: Sendable {
  /// The event whose file is to be moved; nil: the handler asks.
  let event: OpenEvent?
  /// What goes on when it has come to its end. Nil: control is had.
  let then: @Sendable (GuestError?) -> Void
  private let state = Locked(State())

  private struct State {
    var isGranted = false
    var isWithdrawn = false
  }

  init(event: OpenEvent?, then: @escaping @Sendable (GuestError?) -> Void) {
    self.event = event
    self.then = then
  }

  /// Asks the system on `queue`. What it grants after the withdrawal is given back there.
  /// - Parameter answered: called from any thread, unless the request was withdrawn before.
  func send(
    before: Double?, to system: any SystemServices, on queue: DispatchQueue,
    answered: @escaping @Sendable (DownloadError?) -> Void
  ) {
    queue.async {
      system.acquireExclusiveControl(before: before) { refusal in
        let isInTime = self.state.withLock { state in
          state.isGranted = refusal == nil
          return !state.isWithdrawn
        }
        if isInTime {
          answered(refusal)
        } else if refusal == nil {
          queue.async { system.releaseExclusiveControl() }
        }
      }
    }
  }

  /// Returns whether it had been granted before: then it is to be given back.
  func withdraw() -> Bool {
    state.withLock { state in
      state.isWithdrawn = true
      return state.isGranted
    }
  }
}
