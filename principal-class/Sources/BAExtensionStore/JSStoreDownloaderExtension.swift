@_exported public import BAExtension
public import BackgroundAssets
public import StoreKit

/// An extension of an app whose asset packs Apple hosts, with a handler made by `defineStoreDownloaderExtension`.
///
/// ```swift
/// import BAExtensionStore
/// import BackgroundAssets
/// import ExtensionFoundation
/// import StoreKit
///
/// @main
/// struct Downloader: JSStoreDownloaderExtension {}
/// ```
///
/// The handler is asked whether a pack is to be downloaded. Everything else, challenges included, is the system's.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
public protocol JSStoreDownloaderExtension: StoreDownloaderExtension, JSExtension {}

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension JSStoreDownloaderExtension {
  public func shouldDownload(_ assetPack: AssetPack) -> Bool {
    ExtensionCalls(of: Self.self, mode: .store).shouldDownload(assetPack)
  }
}
