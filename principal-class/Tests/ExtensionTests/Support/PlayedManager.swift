import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation

/// The system behind `BADownloadManager`: keeps what is scheduled, and refuses what the test says.
final class PlayedManager: DownloadBackend {
  struct State {
    var downloads: [BADownload] = []
    var calls: [String] = []
    /// For schedule, cancel and current downloads.
    var refusal: NSError?
    /// How requests for exclusive control end.
    var control = Control.granted
  }

  enum Control {
    case granted
    case refused((any Error)?)
    /// They wait until the test calls `grant`.
    case waiting
  }

  let state = Locked(State())
  private let waiting = Locked<[@Sendable (Bool, (any Error)?) -> Void]>([])
  private let returned = DispatchSemaphore(value: 0)

  var calls: [String] { state.withLock(\.calls) }

  func currentDownloads() throws -> [BADownload] {
    try note("current")
    return state.withLock(\.downloads)
  }

  func schedule(_ download: BADownload) throws {
    try note("schedule \(download.identifier)")
    download.move(to: .waiting)
    state.withLock { $0.downloads.append(download) }
  }

  func startForeground(_ download: BADownload) throws {
    try note("foreground \(download.identifier)")
  }

  func cancel(_ download: BADownload) throws {
    try note("cancel \(download.identifier)")
    state.withLock { $0.downloads.removeAll { $0 === download } }
  }

  func acquireExclusiveControl(
    before date: Date?, completion: @escaping @Sendable (_ acquired: Bool, _ error: (any Error)?) -> Void
  ) {
    let control = state.withLock { state in
      state.calls.append("acquire \(date.map { "\($0.timeIntervalSince1970)" } ?? "forever")")
      return state.control
    }
    switch control {
    case .granted: completion(true, nil)
    case .refused(let error): completion(false, error)
    case .waiting: waiting.withLock { $0.append(completion) }
    }
  }

  func exclusiveControlHandlerDidReturn(acquired: Bool) {
    state.withLock { $0.calls.append("returned \(acquired)") }
    returned.signal()
  }

  /// Grants what waits.
  func grant() {
    let requests = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for request in requests { request(true, nil) }
  }

  /// Waits until a handler of exclusive control has returned.
  func waitForReturn() {
    returned.wait()
  }

  private func note(_ call: String) throws {
    try state.withLock { state in
      state.calls.append(call)
      if let refusal = state.refusal { throw refusal }
    }
  }
}
