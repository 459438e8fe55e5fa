public import Foundation

// The overlay of the 27 SDK: wrappers over the forms with a handler, for systems back to the first.
extension BADownloadManager {
  /// Keeps the other process out until the body has returned. The body runs on a queue of the manager's.
  @available(iOS 16.1, macOS 13, tvOS 18.4, visionOS 2.4, *)
  @backDeployed(before: iOS 27, macOS 27, tvOS 27, visionOS 27)
  final public func withExclusiveControl<ReturnType>(
    _ body: @escaping () throws -> sending ReturnType
  ) async throws -> sending ReturnType {
    // The caller waits here until the body has run, once, elsewhere.
    let body = HandedOver(body)
    return try await withCheckedThrowingContinuation { continuation in
      withExclusiveControl { acquired, error in
        do {
          continuation.resume(returning: try runExclusively(acquired, error, body.value))
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// The same, waiting until the date only; the current date means to try once.
  @available(iOS 16.1, macOS 13, tvOS 18.4, visionOS 2.4, *)
  @backDeployed(before: iOS 27, macOS 27, tvOS 27, visionOS 27)
  final public func withExclusiveControl<ReturnType>(
    before date: Date, _ body: @escaping () throws -> sending ReturnType
  ) async throws -> sending ReturnType {
    let body = HandedOver(body)
    return try await withCheckedThrowingContinuation { continuation in
      withExclusiveControl(beforeDate: date) { acquired, error in
        do {
          continuation.resume(returning: try runExclusively(acquired, error, body.value))
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }

  /// Asks the simulated system, runs the handler on the manager's queue, and tells the system when it returned.
  final func performWithExclusiveControl(
    before date: Date?, _ handler: sending @escaping (Bool, (any Error)?) -> Void
  ) {
    let handler = HandedOver(handler)
    let downloads = Simulation.downloads
    downloads.acquireExclusiveControl(before: date) { acquired, error in
      BADownloadManager.completionHandlerQueue.async {
        handler.value(acquired, error)
        downloads.exclusiveControlHandlerDidReturn(acquired: acquired)
      }
    }
  }
}

/// Refusals as the overlay throws them, else the body's result.
@usableFromInline
func runExclusively<ReturnType>(
  _ acquired: Bool, _ error: (any Error)?, _ body: () throws -> sending ReturnType
) throws -> sending ReturnType {
  if let error { throw error }
  // The real one throws Mach's "failure" here, which is 5.
  guard acquired else { throw NSError(domain: "NSMachErrorDomain", code: 5) }
  return try body()
}

/// Carries a closure to the one place that calls it, once, while its maker waits or has let it go.
@usableFromInline
struct HandedOver<Value>: @unchecked Sendable {
  @usableFromInline let value: Value

  @usableFromInline
  init(_ value: Value) {
    self.value = value
  }
}
