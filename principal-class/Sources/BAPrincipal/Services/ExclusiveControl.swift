internal import BAMessages
internal import Dispatch

/// Exclusive control of one process, from the first event to the end of the last: held by its handler, or by the native
/// side around one rename. Everything here runs on the loop of host calls; the system is asked on a queue of its own.
final class ExclusiveControl: Sendable {
  private let system: any SystemServices
  private let loop: DispatchQueue
  private let queue: DispatchQueue
  private let state = Locked(State())

  private struct State {
    var phase = Phase.free
    /// What goes on when the phase has changed.
    var waiting: [@Sendable () -> Void] = []
    var hasEnded = false
  }

  private enum Phase {
    case free
    case asking(ExclusiveControlRequest)
    /// By the handler. The native side's hold is over within one step.
    case held
  }

  /// - Parameter queue: a serial one, where the system may make it wait.
  init(system: any SystemServices, loop: DispatchQueue, queue: DispatchQueue) {
    self.system = system
    self.loop = loop
    self.queue = queue
  }

  /// For the handler. `completion`: nil when control is had.
  /// - Parameter before: milliseconds since 1970.
  func acquire(before: Double?, _ completion: @escaping @Sendable (GuestError?) -> Void) {
    switch state.withLock({ $0.hasEnded ? .free : $0.phase }) {
    case .asking(let request) where request.event != nil:
      wait { self.acquire(before: before, completion) }
    case .asking, .held:
      let message = "Exclusive control is held or asked for in this process already."
      completion(GuestError(code: "BA_EXCLUSIVE_CONTROL", message: message))
    case .free:
      ask(before: before, for: nil) { error in
        if error == nil { self.state.withLock { $0.phase = .held } }
        completion(error)
      }
    }
  }

  /// Does nothing where the handler does not hold it. `completion` comes when it has been given back.
  func release(_ completion: @escaping @Sendable () -> Void) {
    guard case .held = state.withLock(\.phase) else { return completion() }
    giveBack(completion)
  }

  /// Runs `task`, which does not wait, under control: the handler's, where it has it, else one for the task alone.
  /// `completion` comes when that has been given back.
  func around<Value: Sendable>(
    _ event: OpenEvent,
    _ task: @escaping @Sendable () throws -> Value,
    _ completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    if event.hasEnded { return completion(.failure(Self.tooLate)) }
    switch state.withLock(\.phase) {
    case .asking: wait { self.around(event, task, completion) }
    case .held: completion(Result(catching: task))
    case .free:
      ask(before: nil, for: event) { error in
        if let error { return completion(.failure(error)) }
        let result = Result(catching: task)
        self.giveBack { completion(result) }
      }
    }
  }

  /// The event has ended: nothing is waited for on its behalf any more.
  func withdraw(_ event: OpenEvent) {
    if case .asking(let request) = state.withLock(\.phase), request.event === event { withdraw(request) {} }
    goOn()
  }

  /// The last event has ended: gives back what is held, and waits for nothing any more. `completion` comes when it has
  /// been given back.
  func end(_ completion: @escaping @Sendable () -> Void) {
    let phase = state.withLock { state in
      state.hasEnded = true
      return state.phase
    }
    switch phase {
    case .free: completion()
    case .asking(let request): withdraw(request, completion)
    case .held: giveBack(completion)
    }
    goOn()
  }

  private func ask(before: Double?, for event: OpenEvent?, _ then: @escaping @Sendable (GuestError?) -> Void) {
    if state.withLock(\.hasEnded) { return then(Self.tooLate) }
    let request = ExclusiveControlRequest(event: event, then: then)
    state.withLock { $0.phase = .asking(request) }
    request.send(before: before, to: system, on: queue) { [loop] refusal in
      loop.async { self.answered(request, refusal) }
    }
  }

  private func answered(_ request: ExclusiveControlRequest, _ refusal: DownloadError?) {
    // Unless it was withdrawn while its answer was on the way here.
    guard case .asking(let current) = state.withLock(\.phase), current === request else { return }
    state.withLock { $0.phase = .free }
    let error = refusal.map { "Exclusive control was not to be had: \($0.message)" }
    request.then(error.map { GuestError(code: "BA_EXCLUSIVE_CONTROL", message: $0) })
    goOn()
  }

  private func withdraw(_ request: ExclusiveControlRequest, _ completion: @escaping @Sendable () -> Void) {
    let wasGranted = request.withdraw()
    state.withLock { $0.phase = .free }
    request.then(Self.tooLate)
    if wasGranted { giveBack(completion) } else { completion() }
  }

  private func giveBack(_ completion: @escaping @Sendable () -> Void) {
    state.withLock { $0.phase = .free }
    queue.async { [system, loop] in
      system.releaseExclusiveControl()
      loop.async(execute: completion)
    }
  }

  private func wait(_ retry: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(retry) }
  }

  /// Those that waited look again, in their order; who must wait still does so again.
  private func goOn() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for retry in waiting { retry() }
  }

  private static let tooLate = GuestError(
    code: "BA_EXCLUSIVE_CONTROL", message: "The callback ended before exclusive control was had.")
}
