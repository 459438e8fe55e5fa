internal import ExtensionFoundation
internal import Foundation

/// There for the constraint of `ManagedDownloaderExtension` only. Nobody but the framework conforms to it.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
@MainActor @preconcurrency public protocol ManagedDownloaderExtensionConfiguration: BADownloaderExtensionConfiguration {
  associatedtype DownloadManagerDelegateType: BADownloadManagerDelegate, Sendable
  nonisolated static var downloadManagerDelegate: Self.DownloadManagerDelegateType { get }
}

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension ManagedDownloaderExtension {
  @available(watchOS, unavailable)
  public var configuration: some ManagedDownloaderExtensionConfiguration {
    ManagedConfiguration()
  }
}

struct ManagedConfiguration: ManagedDownloaderExtensionConfiguration {
  nonisolated init() {}

  nonisolated static let downloadManagerDelegate = ManagedDelegate()

  nonisolated func accept(connection: NSXPCConnection) -> Bool {
    false
  }
}

/// Keeps the system's books of asset packs while an app runs that has no delegate.
final class ManagedDelegate: NSObject, BADownloadManagerDelegate, Sendable {
  func download(_ download: BADownload, failedWithError error: any Error) {
    Simulation.assetPacks.downloadFailed(download, error: error)
  }

  func download(_ download: BADownload, finishedWithFileURL fileURL: URL) {
    Simulation.assetPacks.downloadFinished(download, fileURL: fileURL)
  }
}
