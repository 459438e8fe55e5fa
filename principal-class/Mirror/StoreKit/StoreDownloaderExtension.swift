public import BackgroundAssets

/// SKDownloaderExtension.h: an extension of an app whose asset packs Apple hosts. All of its defaults are those of
/// `ManagedDownloaderExtension`; it may implement `shouldDownload(_:)` and nothing else.
@available(iOS 26.0, macOS 26.0, tvOS 26.0, visionOS 26.0, *)
@available(watchOS, unavailable)
public protocol StoreDownloaderExtension: ManagedDownloaderExtension {
}
