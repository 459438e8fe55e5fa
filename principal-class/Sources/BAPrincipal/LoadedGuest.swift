internal import BAMessages

/// The guest of the process: launched with the first call, and never again, whatever becomes of it.
final class LoadedGuest: Sendable {
  private let launched = Locked<Result<any Guest, LaunchFailure>?>(nil)
  private let launch: @Sendable () throws(LaunchFailure) -> any Guest

  init(launch: @escaping @Sendable () throws(LaunchFailure) -> any Guest) {
    self.launch = launch
  }

  /// Waits while another thread launches it.
  func get() -> Result<any Guest, LaunchFailure> {
    launched.withLock { launched in
      if let launched { return launched }
      let result: Result<any Guest, LaunchFailure>
      do throws(LaunchFailure) {
        result = .success(try launch())
      } catch {
        result = .failure(error)
      }
      launched = result
      return result
    }
  }

  /// Ends the engine, where it was started.
  func stop() {
    if case .success(let guest) = launched.withLock({ $0 }) { guest.stop() }
  }
}
