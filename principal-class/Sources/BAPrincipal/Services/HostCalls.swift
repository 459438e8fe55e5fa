internal import BAMessages
internal import Dispatch

/// Answers the host calls of one process, while events are open; before, between and after them it refuses.
///
/// Calls start in the order of their arrival, on one serial queue, the loop, and end there. What is quick is done on it,
/// what waits goes on elsewhere and comes back. So nothing comes between a look at the state of a file and its change.
final class HostCalls: Sendable {
  let options: PrincipalOptions
  let container: Container
  let loop = DispatchQueue(label: "ba-extension.host-calls", qos: .userInitiated)
  /// For what the system's manager is asked, which may wait, one after another.
  let manager = DispatchQueue(label: "ba-extension.manager", qos: .userInitiated)
  /// For what reads and copies contents.
  let contents = DispatchQueue(label: "ba-extension.contents", qos: .userInitiated, attributes: .concurrent)
  /// Also for exclusive control, which must be given back while the manager's queue waits.
  private let controlQueue = DispatchQueue(label: "ba-extension.exclusive-control", qos: .userInitiated)
  private let state: Locked<State>

  private struct State {
    /// In the order in which they were opened.
    var events: [OpenEvent] = []
    var control: ExclusiveControl
    /// Absolute paths of the files that `storage.open` has opened, by token. Which callback asked for one cannot be
    /// told: they stay readable while any of them runs.
    var opened: [String: String] = [:]
    /// A void token never comes back in the same process.
    var tokens = 0
  }

  init(options: PrincipalOptions, container: Container) {
    self.options = options
    self.container = container
    state = Locked(State(control: ExclusiveControl(system: options.system, loop: loop, queue: controlQueue)))
  }

  /// Begins an event.
  /// - Parameters:
  ///   - file: what it offers.
  ///   - beforeDownloads: the system waits for the answer of `downloads` meanwhile, and takes nothing to schedule.
  func open(_ event: GuestEvent, file: StagedFile?, beforeDownloads: Bool = false) -> OpenEvent {
    let open = OpenEvent(event, file: file, beforeDownloads: beforeDownloads)
    state.withLock { $0.events.append(open) }
    return open
  }

  /// From here on nothing of it can be claimed. Waits for its calls that had started, but for those that are abandoned.
  /// When no other event but challenges is open, exclusive control is given back.
  /// - Parameter limit: milliseconds. A manager that never answers must not hold up the reply to the system for ever; a
  ///   move that is under way then is what a kill would have left, which the next wake puts in order.
  func close(_ event: OpenEvent, within limit: Int) -> (claim: Claim?, kept: Bool, notifications: [String]) {
    let closed = DispatchSemaphore(value: 0)
    loop.async {
      self.end(event)
      event.whenQuiet { closed.signal() }
    }
    if closed.wait(timeout: .now() + .milliseconds(limit)) == .timedOut {
      let message = "Host calls of the handler had not come to their end \(limit) ms after its answer."
      options.log(LogEntry(level: .error, message: message, source: .principal))
    }
    return (event.file?.claim, event.file?.isKept ?? false, event.notifications)
  }

  private func end(_ event: OpenEvent) {
    event.end()
    let control = control
    let isLast = state.withLock { state in
      state.events.removeAll { $0 === event }
      if state.events.isEmpty { state.opened = [:] }
      return state.events.allSatisfy(\.isChallenge)
    }
    guard isLast else { return control.withdraw(event) }
    state.withLock { $0.control = ExclusiveControl(system: options.system, loop: loop, queue: controlQueue) }
    event.callStarted()
    control.end { event.callEnded() }
  }

  /// From any thread; does not wait. The completion comes once, on the loop.
  func answer(_ call: HostCall, completion: @escaping @Sendable (HostReply) -> Void) {
    loop.async { self.start(call, completion) }
  }

  private func start(_ call: HostCall, _ completion: @escaping @Sendable (HostReply) -> Void) {
    guard let event = event(of: call) else {
      let message = "\(call.name) was called outside a callback."
      let hint = "Await every call before the callback returns."
      return completion(.failure(error: GuestError(code: "BA_EVENT_ENDED", message: message, hint: hint)))
    }
    guard let service = services[call.name] else {
      let message = "The host has no service \(JSON.quoted(call.name))."
      let hint = "Build the handler with the version of ba-extension that runs it."
      return completion(.failure(error: GuestError(code: "BA_UNKNOWN_HOST_CALL", message: message, hint: hint)))
    }
    let started = StartedCall(calls: self, event: event, arguments: Arguments(values: call.args))
    let finish: Service.Completion = { result in
      completion(hostReply(call.name, result))
      if !service.isAbandoned { event.callEnded() }
    }
    if !service.isAbandoned { event.callStarted() }
    switch service.work {
    case .quick(let run): finish(Result { try run(started) })
    case .waiting(let start):
      do {
        try start(started) { [loop] result in loop.async { finish(result) } }
      } catch {
        finish(.failure(error))
      }
    }
  }

  /// The event that a call counts to: the one whose file it names; else the one that is open the longest. A challenge
  /// only where it is alone, since it comes beside the others.
  private func event(of call: HostCall) -> OpenEvent? {
    let events = state.withLock(\.events)
    if let token = call.args["token"]?.string, let named = events.last(where: { $0.file(token) != nil }) {
      return named
    }
    return events.first { !$0.isChallenge } ?? events.first
  }
}

extension HostCalls {
  /// On the loop.
  var control: ExclusiveControl { state.withLock(\.control) }

  /// Whether the system takes downloads now.
  var schedules: Bool { !state.withLock(\.events).contains(where: \.isBeforeDownloads) }

  /// Paths of the staged files that events offer.
  var offered: Set<String> { Set(state.withLock(\.events).compactMap { $0.file?.staged.path }) }

  /// Makes a token for a file that the handler opens.
  func token(forFileAt path: String) -> String {
    state.withLock { state in
      state.tokens += 1
      let token = "open:\(state.tokens)"
      state.opened[token] = path
      return token
    }
  }

  /// The file that a token names: an open event's, or one that was opened.
  func file(_ token: String) -> ReadableFile? {
    let (events, opened) = state.withLock { ($0.events, $0.opened) }
    for event in events.reversed() {
      if let file = event.file(token) { return file }
    }
    return opened[token].map(ReadableFile.other)
  }
}
