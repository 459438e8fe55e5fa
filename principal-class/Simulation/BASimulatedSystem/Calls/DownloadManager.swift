import BAExtension
import BAMessages
@_spi(BASimulation) import BackgroundAssets

/// `BADownloadManager` of this process, as the simulated system serves it.
struct DownloadManager: DownloadBackend {
  let calls: SystemCalls

  func currentDownloads() throws -> [BADownload] {
    let value = try ask(.currentDownloads)
    return try JSON.decode([BAMessages.DownloadRecord].self, from: JSON.encode(value)).map(BADownload.handle(of:))
  }

  func schedule(_ download: BADownload) throws {
    guard let described = URLDownload(download) else {
      throw Simulation.error(
        .downloadInvalid, "\(download.identifier) was not made here: the simulated system cannot schedule it again.")
    }
    try ask(.schedule(.init(download: described, uniqueIdentifier: download.uniqueIdentifier)))
    download.move(to: .waiting)
  }

  func startForeground(_ download: BADownload) throws {
    try ask(.startForegroundDownload(uniqueIdentifier: download.uniqueIdentifier))
  }

  func cancel(_ download: BADownload) throws {
    try ask(.cancel(uniqueIdentifier: download.uniqueIdentifier))
  }

  func acquireExclusiveControl(
    before date: Date?, completion: @escaping @Sendable (_ acquired: Bool, _ error: (any Error)?) -> Void
  ) {
    // A date does not hold milliseconds since 1970 exactly.
    let before = date.map { ($0.timeIntervalSince1970 * 1000).rounded() }
    calls.send(.acquireExclusiveControl(before: before)) { result in
      switch result {
      case .success: completion(true, nil)
      case .failure(let error): completion(false, NSError(error))
      }
    }
  }

  func exclusiveControlHandlerDidReturn(acquired: Bool) {
    if acquired { calls.send(.releaseExclusiveControl) { _ in } }
  }

  @discardableResult
  private func ask(_ call: SystemCall) throws -> JSONValue {
    do {
      return try calls.value(of: call)
    } catch {
      throw NSError(error)
    }
  }
}
