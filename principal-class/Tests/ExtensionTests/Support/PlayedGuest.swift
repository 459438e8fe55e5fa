import BAMessages
import BAPrincipal
import Foundation

/// A guest whose handler is a closure of the test.
final class PlayedGuest: Guest {
  typealias Handler = @Sendable (_ event: GuestEvent, _ stage: Stage) -> DispatchOutcome

  /// What a handler can do while an event is open.
  struct Stage: Sendable {
    let hooks: GuestHooks
    /// Milliseconds.
    let deadline: Int
    let yield: @Sendable (URLDownload) -> Void

    /// Waits for the answer, as a handler that awaits it.
    func call(_ name: String, _ args: [String: JSONValue] = [:]) -> HostReply {
      let reply = Locked<HostReply?>(nil)
      let done = DispatchSemaphore(value: 0)
      hooks.onHostCall(HostCall(name: name, args: args)) { given in
        reply.withLock { $0 = given }
        done.signal()
      }
      done.wait()
      return reply.withLock { $0 } ?? .failure(error: GuestError(code: "BA_TEST", message: "There was no reply."))
    }
  }

  let callbacks: [String] = []
  private let hooks: GuestHooks
  private let handler: Handler
  private let stopped = Locked(false)

  init(hooks: GuestHooks, handler: @escaping Handler) {
    self.hooks = hooks
    self.handler = handler
  }

  var isStopped: Bool { stopped.withLock { $0 } }

  func dispatch(
    _ event: GuestEvent, deadline: Int, onDownload: @escaping @Sendable (URLDownload) -> Void
  ) -> DispatchOutcome {
    handler(event, Stage(hooks: hooks, deadline: deadline, yield: onDownload))
  }

  func stop() {
    stopped.withLock { $0 = true }
  }
}

extension DispatchOutcome {
  /// The callback returned nothing.
  static var done: DispatchOutcome { .answered(.fulfilled(value: nil)) }

  /// The callback returned a value.
  static func returned(_ value: JSONValue) -> DispatchOutcome { .answered(.fulfilled(value: value)) }

  /// The callback threw.
  static var threw: DispatchOutcome {
    .answered(.rejected(error: GuestError(code: "BA_HANDLER_THREW", message: "It threw.")))
  }
}
