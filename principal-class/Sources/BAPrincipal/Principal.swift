package import BAMessages

/// What one message came to. What was logged has left through `PrincipalOptions.log`.
package struct PrincipalReply: Sendable {
  package var answer: SystemAnswer
  package var outcome: Outcome
  /// Milliseconds that the loaded handler took to answer.
  package var durationMs = 0.0
  /// What happened to the staged file of a finished download.
  package var file: SettledFile?
  /// Files of earlier calls that were offered again before this one, oldest first.
  package var reoffered: [ReofferedFile] = []
  /// Names of the Darwin notifications that were posted.
  package var notifications: [String] = []
  package var observations: [Observation] = []
}

/// The duties of the principal class: native staging, deadlines, failure policies, the download table and the host
/// services. One for each process. The twin of `src/principal`; `src/principal/vectors` holds both to one behaviour.
package final class Principal: Sendable {
  let options: PrincipalOptions
  let container: Container
  let guest: LoadedGuest
  let log: HandlerLog
  let calls: HostCalls
  /// Paths of the staged files that calls are offering right now: other calls leave them alone.
  let offered = Locked<Set<String>>([])

  /// - Parameters:
  ///   - environment: what the handler can ask about where it runs.
  ///   - bundle: the property lists that it can read.
  ///   - clockOffset: added to the engine's wall clock, in milliseconds.
  package init(
    options: PrincipalOptions, environment: Environment, bundle: BundleRecord, clockOffset: Double = 0
  ) {
    let mode = options.configuration.mode
    let configuration = GuestConfiguration(
      mode: mode,
      callbacks: Callback.all(of: mode).map(\.rawValue),
      environment: environment,
      bundle: bundle,
      clockOffset: clockOffset)
    let container = Container(path: options.container)
    let calls = HostCalls(options: options, container: container)
    let log = HandlerLog(sink: options.log)
    let hooks = GuestHooks(
      onHostCall: { call, completion in calls.answer(call, completion: completion) },
      onLog: { level, message in log.write(LogEntry(level: level, message: message, source: .handler)) })
    self.options = options
    self.container = container
    self.calls = calls
    self.log = log
    guest = LoadedGuest { () throws(LaunchFailure) -> any Guest in try options.launch(configuration, hooks) }
  }

  /// Answers one message of the system, on any thread that may wait. Whatever the handler does, there is an answer: where
  /// it fails, Apple's own default or what the policies say.
  package func handle(_ message: SystemMessage) -> PrincipalReply {
    var call = Call(principal: self, message: message)
    let reply = call.reply()
    for entry in call.observed.log { log.write(entry) }
    return reply
  }

  /// Ends the engine and gives back what it held. The process should end soon.
  package func shutDown() {
    guest.stop()
    options.system.releaseExclusiveControl()
  }
}
