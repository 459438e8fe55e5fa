public import ExtensionFoundation
public import Foundation
public import FoundationNetworking

/// BAManagedDownloaderExtension.h: an extension of an app whose asset packs the system manages. It implements
/// `shouldDownload(_:)` and, self-hosted, the challenge; the rest is the system's bookkeeping.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
public protocol ManagedDownloaderExtension: BADownloaderExtension
where Self.Configuration: ManagedDownloaderExtensionConfiguration {
  /// Says whether the system is to download a new pack that its policy asks for.
  func shouldDownload(_ assetPack: AssetPack) -> Bool
}

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension ManagedDownloaderExtension {
  /// Always true.
  @available(watchOS, unavailable)
  public func shouldDownload(_ assetPack: AssetPack) -> Bool {
    true
  }

  /// The packs of the manifest that their policies ask for and the extension wants.
  @available(watchOS, unavailable)
  public func downloads(
    for request: BAContentRequest,
    manifestURL: URL,
    extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    guard
      let manifest = try? AssetPackManifest(
        contentsOf: manifestURL, appGroupID: Simulation.assetPacks.applicationGroupIdentifier)
    else { return [] }
    let wanted = manifest.assetPacks.filter { $0.isAutomatic(for: request) && shouldDownload($0) }
    return Set(wanted.map { $0.download(for: request) })
  }

  /// The published texts do not say how; the answer of `BADownloaderExtension` is a choice.
  @available(watchOS, unavailable)
  public func backgroundDownload(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.performDefaultHandling, nil)
  }

  @available(watchOS, unavailable)
  public func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {
    Simulation.assetPacks.downloadFailed(failedDownload, error: error)
  }

  @available(watchOS, unavailable)
  public func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {
    Simulation.assetPacks.downloadFinished(finishedDownload, fileURL: fileURL)
  }
}
