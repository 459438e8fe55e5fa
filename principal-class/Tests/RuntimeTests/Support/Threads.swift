import Foundation

/// Runs what blocks on a thread of its own.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Result { try body() })
    }
  }
}

/// Something that happens once or several times, and is waited for.
final class Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func happened() {
    continuation.yield()
  }

  /// Waits until it has happened this many times. By one task.
  func wait(times: Int = 1) async {
    var left = times
    for await _ in stream {
      left -= 1
      if left == 0 { return }
    }
  }
}

/// Tells when nobody holds it any more.
final class Token: Sendable {
  private let released: Signal

  init(_ released: Signal) {
    self.released = released
  }

  /// What a closure calls to hold it.
  func hold() {}

  deinit {
    released.happened()
  }
}
