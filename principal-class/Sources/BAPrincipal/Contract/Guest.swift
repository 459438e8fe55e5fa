package import BAMessages

/// A loaded handler in its engine. The twin of `GuestConnection` in `src/principal/guest-connection.ts`.
///
/// Events may be dispatched from several threads at a time; the guest runs callbacks one after another, challenges
/// excepted, unless the handler asks for `concurrent`.
package protocol Guest: AnyObject, Sendable {
  /// Names of the callbacks that the handler has.
  var callbacks: [String] { get }

  /// Sends one event and waits for the answer on the calling thread, which may be any, the main thread included.
  /// Returns soon after the deadline in any case. After an outcome other than `answered` the engine stays dead.
  /// - Parameters:
  ///   - deadline: milliseconds, counted from this call.
  ///   - onDownload: a download of the answer, as it is yielded; on a thread of the guest, never after this has returned.
  func dispatch(
    _ event: GuestEvent, deadline: Int, onDownload: @escaping @Sendable (URLDownload) -> Void
  ) -> DispatchOutcome

  /// Ends JavaScript. Safe to call again, from any thread but those of callbacks.
  func stop()
}

/// How one event ended. Without a reply of the guest, the principal's native answer is due.
package enum DispatchOutcome: Sendable {
  case answered(GuestReply)
  /// The text is for people.
  case deadline(String)
  case stopped(String)
  case engine(String)
}

/// What the principal lends to the guest that it launches.
package struct GuestHooks: Sendable {
  /// A host call of the handler, on the JavaScript thread, which must not wait. The completion is called once, from any
  /// thread, possibly before this returns.
  package let onHostCall: @Sendable (_ call: HostCall, _ completion: @escaping @Sendable (HostReply) -> Void) -> Void
  /// `console.*` and `log.*` of the handler, on the JavaScript thread.
  package let onLog: @Sendable (_ level: LogLevel, _ message: String) -> Void

  package init(
    onHostCall: @escaping @Sendable (HostCall, @escaping @Sendable (HostReply) -> Void) -> Void,
    onLog: @escaping @Sendable (LogLevel, String) -> Void
  ) {
    self.onHostCall = onHostCall
    self.onLog = onLog
  }
}

/// No loaded handler came about.
package struct LaunchFailure: Error {
  /// `BA_…`.
  package let code: String
  package let message: String
  /// What the handler did wrong; nil when the engine or the bundle failed.
  package let guestError: GuestError?

  package init(code: String, message: String, guestError: GuestError? = nil) {
    self.code = code
    self.message = message
    self.guestError = guestError
  }
}
