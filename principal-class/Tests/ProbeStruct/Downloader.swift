import BackgroundAssets
import ExtensionFoundation

@main
struct Downloader: BADownloaderExtension {
}
