public import BackgroundAssets

/// An extension of an app that hosts its asset packs itself and has the system manage them, with a handler made by
/// `defineManagedDownloaderExtension`.
///
/// ```swift
/// import BAExtension
/// import BackgroundAssets
/// import ExtensionFoundation
///
/// @main
/// struct Downloader: JSManagedDownloaderExtension {}
/// ```
///
/// The handler is asked whether a pack is to be downloaded, and for the answer to a challenge. The other calls are the
/// system's bookkeeping and stay with it.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
public protocol JSManagedDownloaderExtension: ManagedDownloaderExtension, JSExtension {}

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension JSManagedDownloaderExtension {
  public func shouldDownload(_ assetPack: AssetPack) -> Bool {
    calls.shouldDownload(assetPack)
  }

  public func backgroundDownload(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    await calls.answer(challenge, for: download)
  }

  private var calls: ExtensionCalls { ExtensionCalls(of: Self.self, mode: .managed) }
}
