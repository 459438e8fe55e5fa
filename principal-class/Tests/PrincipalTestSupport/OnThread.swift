internal import Dispatch

/// Runs what blocks its thread, as calls of the system do, on one that is nobody else's: those of tests are few and shared.
package func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: work()) }
  }
}
