internal import BAMessages
internal import BAPrincipal
internal import BackgroundAssets
internal import Foundation

/// Exclusive control that lasts until it is given back. The manager's own lasts as long as its handler runs, so the
/// handler waits here. It blocks the queue that the manager runs handlers on, and nothing else: no thread of Swift's
/// pool.
final class ExclusiveControlHold: Sendable {
  /// What the handlers that have control wait for: one, unless the manager lends its control twice.
  private let held = Locked<[DispatchSemaphore]>([])

  /// - Parameters:
  ///   - before: nil waits without end.
  ///   - completion: called once, on the manager's queue: nil when control is had, until `release`.
  func acquire(before: Date?, completion: @escaping @Sendable (DownloadError?) -> Void) {
    let handler = { @Sendable [held] (acquired: Bool, error: (any Error)?) in
      guard acquired else { return completion(error.map { DownloadError($0) } ?? .refusedWithoutReason) }
      let released = DispatchSemaphore(value: 0)
      held.withLock { $0.append(released) }
      completion(nil)
      released.wait()
    }
    // The forms with a handler: the others are younger than the oldest SDK that this is built with.
    if let before {
      BADownloadManager.shared.withExclusiveControl(beforeDate: before, perform: handler)
    } else {
      BADownloadManager.shared.withExclusiveControl(handler)
    }
  }

  /// Without effect when it is not held.
  func release() {
    let handlers = held.withLock { held in
      defer { held = [] }
      return held
    }
    for released in handlers { released.signal() }
  }
}

extension DownloadError {
  /// `false` without an error: the asynchronous form of the manager throws this one then.
  fileprivate static var refusedWithoutReason: DownloadError {
    DownloadError(
      domain: NSMachErrorDomain,
      code: 5,
      name: nil,
      message: "The system refused exclusive control and did not say why.",
      underlying: nil,
      userInfo: [:])
  }
}
