import BAExtensionStore
import BackgroundAssets
import ExtensionFoundation
import StoreKit

@main
struct Downloader: JSStoreDownloaderExtension {}
