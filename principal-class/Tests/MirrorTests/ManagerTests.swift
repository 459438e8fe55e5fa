@_spi(BASimulation) import BackgroundAssets
import Synchronization
import Testing

/// Records what it is asked; exclusive control is had unless a refusal is set.
final class RecordingBackend: DownloadBackend {
  struct State {
    var calls: [String] = []
    var refusal: NSError?
    var refuses = false
  }

  let state = Mutex(State())

  func log(_ call: String) throws {
    try state.withLock {
      $0.calls.append(call)
      if let refusal = $0.refusal { throw refusal }
    }
  }

  func currentDownloads() throws -> [BADownload] {
    try log("current")
    return [BADownload(record: DownloadRecord(identifier: "queued"), state: .waiting)]
  }

  func schedule(_ download: BADownload) throws { try log("schedule \(download.identifier)") }
  func startForeground(_ download: BADownload) throws { try log("foreground \(download.identifier)") }
  func cancel(_ download: BADownload) throws { try log("cancel \(download.identifier)") }

  func acquireExclusiveControl(
    before date: Date?, completion: @escaping @Sendable (_ acquired: Bool, _ error: (any Error)?) -> Void
  ) {
    let (refuses, refusal) = state.withLock {
      $0.calls.append("acquire \(date?.timeIntervalSince1970 ?? -1)")
      return ($0.refuses, $0.refusal)
    }
    completion(!refuses && refusal == nil, refusal)
  }

  func exclusiveControlHandlerDidReturn(acquired: Bool) {
    state.withLock { $0.calls.append("returned \(acquired)") }
  }

  var calls: [String] { state.withLock { $0.calls } }
}

// One manager a process: one test at a time.
@Suite(.serialized) struct ManagerTests {
  let manager = BADownloadManager.shared
  let backend = RecordingBackend()
  let download = BADownload(record: DownloadRecord(identifier: "level"))

  init() {
    Simulation.install(backend)
  }

  @Test func forwards() async throws {
    try manager.scheduleDownload(download)
    try manager.startForegroundDownload(download)
    try manager.cancel(download)
    #expect(try manager.fetchCurrentDownloads().map(\.identifier) == ["queued"])
    #expect(try await manager.currentDownloads.map(\.state) == [.waiting])
    #expect(backend.calls == ["schedule level", "foreground level", "cancel level", "current", "current"])
    #expect(BADownloadManager.shared === manager)
  }

  @Test func errorsArriveAsTheyAre() async {
    backend.state.withLock { $0.refusal = Simulation.error(.downloadAlreadyScheduled) }
    for call in [manager.scheduleDownload, manager.startForegroundDownload, manager.cancel] {
      let error = #expect(throws: NSError.self) { try call(download) }
      #expect(error?.domain == BAErrorDomain && error?.code == 100)
    }
    #expect(throws: NSError.self) { try manager.fetchCurrentDownloads() }
    await #expect(throws: NSError.self) { try await manager.currentDownloads }
  }

  @Test func exclusiveControlLastsUntilTheHandlerReturned() async throws {
    let date = Date(timeIntervalSince1970: 5)
    let backend = backend
    #expect(try await manager.withExclusiveControl { backend.calls.count } == 1)
    #expect(try await manager.withExclusiveControl(before: date) { "result" } == "result")
    await withCheckedContinuation { continuation in
      manager.withExclusiveControl { acquired, error in
        #expect(acquired && error == nil)
        continuation.resume()
      }
    }
    await withCheckedContinuation { continuation in
      manager.withExclusiveControl(beforeDate: date) { _, _ in continuation.resume() }
    }
    // The last handler's return is told on the manager's queue, behind which this one waits.
    _ = try await manager.currentDownloads
    let one = ["acquire -1.0", "returned true"]
    let dated = ["acquire 5.0", "returned true"]
    #expect(backend.calls.filter { $0 != "current" }.sorted() == (one + dated + one + dated).sorted())
  }

  @Test func refusedControlReachesEachForm() async throws {
    backend.state.withLock { $0.refusal = Simulation.error(.callerConnectionInvalid) }
    let error = await #expect(throws: NSError.self) { try await manager.withExclusiveControl {} }
    #expect(error?.code == BAErrorCode.callerConnectionInvalid.rawValue)
    let acquired = await withCheckedContinuation { continuation in
      manager.withExclusiveControl { acquired, _ in continuation.resume(returning: acquired) }
    }
    #expect(!acquired)

    backend.state.withLock { ($0.refusal, $0.refuses) = (nil, true) }
    await #expect(throws: NSError.self) { try await manager.withExclusiveControl(before: Date()) {} }
  }

  @Test func errorsOfTheBodyAreRethrown() async {
    await #expect(throws: URLError.self) {
      try await manager.withExclusiveControl { throw URLError(.cancelled) }
    }
  }
}
