internal import BAPrincipal
internal import Foundation

/// A few threads for calls that wait. Swift's pool must not be blocked; and dispatch's shared one is as small as the
/// machine, so that what the calls wait for would find no thread there.
final class CallThreads: Sendable {
  private struct State {
    var running = 0
    var waiting: [@Sendable () -> Void] = []
  }

  private let state = Locked(State())
  private let limit: Int

  /// - Parameter limit: how many calls wait at a time; the others are next, in their order.
  init(limit: Int) {
    self.limit = limit
  }

  func run(_ call: @escaping @Sendable () -> Void) {
    let hasThread = state.withLock { state in
      guard state.running < limit else {
        state.waiting.append(call)
        return false
      }
      state.running += 1
      return true
    }
    guard hasThread else { return }
    // A serial queue has a thread of its own as soon as it has work.
    DispatchQueue(label: "ba-extension.challenge", qos: .userInitiated).async {
      var next: (@Sendable () -> Void)? = call
      while let call = next {
        call()
        next = self.takeNext()
      }
    }
  }

  private func takeNext() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.running -= 1
      return nil
    }
  }
}
