public import Foundation
internal import Synchronization

/// BADownloadManager.h: the downloads of the app and its extension, shared by both.
@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
open class BADownloadManager: NSObject {
  // The real class is not Sendable and its `shared` can be read anywhere; what is mutable in it is locked.
  private nonisolated(unsafe) static let manager = BADownloadManager(onlyOne: ())

  /// Handlers run here, one after another, exclusive control among them; delegates have a queue of their own.
  static let completionHandlerQueue = DispatchQueue(label: "BADownloadManager.completionHandler")
  static let delegateCallbackQueue = DispatchQueue(label: "BADownloadManager.delegateCallback")

  private let delegateLock = NSLock()
  private weak var currentDelegate: (any BADownloadManagerDelegate)?

  private init(onlyOne: Void) {
    super.init()
  }

  /// The manager of this process.
  open class var shared: BADownloadManager { manager }

  /// Gets results instead of the extension.
  open weak var delegate: (any BADownloadManagerDelegate)? {
    get { delegateLock.withLock { currentDelegate } }
    set { delegateLock.withLock { currentDelegate = newValue } }
  }

  /// What app and extension have queued. Blocks: not for the main thread.
  @available(macOS 13.3, iOS 16.4, visionOS 2.4, tvOS 18.4, *)
  open func fetchCurrentDownloads() throws -> [BADownload] {
    try Simulation.downloads.currentDownloads()
  }

  /// The same; the handler runs on a queue of the manager's.
  open func fetchCurrentDownloads(completionHandler: @escaping @Sendable ([BADownload], (any Error)?) -> Void) {
    Self.completionHandlerQueue.async {
      do {
        completionHandler(try Simulation.downloads.currentDownloads(), nil)
      } catch {
        completionHandler([], error)
      }
    }
  }

  /// What app and extension have queued.
  open var currentDownloads: [BADownload] {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        fetchCurrentDownloads { downloads, error in
          continuation.resume(with: error.map { .failure($0) } ?? .success(downloads))
        }
      }
    }
  }

  /// Queues a download for a time that the system chooses. Refused while `downloads(for:…)` runs.
  open func scheduleDownload(_ download: BADownload) throws {
    try Simulation.downloads.schedule(download)
  }

  /// Starts a download at once, or promotes a queued one. Not for the extension.
  open func startForegroundDownload(_ download: BADownload) throws {
    try Simulation.downloads.startForeground(download)
  }

  /// Cancels a scheduled download.
  open func cancel(_ download: BADownload) throws {
    try Simulation.downloads.cancel(download)
  }

  // These two stand in the class, as in the header: an overlay cannot be told from them by its labels.

  /// Keeps the other process out until the handler has returned; `false` means that control was not had.
  @available(
    iOS, introduced: 16.1, deprecated: 27, message: "Use the asynchronous overload of withExclusiveControl(_:) instead."
  )
  @available(
    macOS, introduced: 13, deprecated: 27, message: "Use the asynchronous overload of withExclusiveControl(_:) instead."
  )
  @available(
    tvOS, introduced: 18.4, deprecated: 27,
    message: "Use the asynchronous overload of withExclusiveControl(_:) instead."
  )
  @available(
    visionOS, introduced: 2.4, deprecated: 27,
    message: "Use the asynchronous overload of withExclusiveControl(_:) instead."
  )
  open func withExclusiveControl(_ performHandler: sending @escaping (Bool, (any Error)?) -> Void) {
    performWithExclusiveControl(before: nil, performHandler)
  }

  /// The same, waiting until the date only; the current date means to try once.
  @available(iOS, introduced: 16.1, deprecated: 27, message: "Use withExclusiveControl(before:_:) instead.")
  @available(macOS, introduced: 13, deprecated: 27, message: "Use withExclusiveControl(before:_:) instead.")
  @available(tvOS, introduced: 18.4, deprecated: 27, message: "Use withExclusiveControl(before:_:) instead.")
  @available(visionOS, introduced: 2.4, deprecated: 27, message: "Use withExclusiveControl(before:_:) instead.")
  open func withExclusiveControl(
    beforeDate date: Date, perform performHandler: sending @escaping (Bool, (any Error)?) -> Void
  ) {
    performWithExclusiveControl(before: date, performHandler)
  }
}
