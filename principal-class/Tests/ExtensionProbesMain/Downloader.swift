import BAExtension
import BackgroundAssets
import ExtensionFoundation

@main
struct Downloader: JSDownloaderExtension {}
