// error: crosses into main actor-isolated code
import BackgroundAssets
import ExtensionFoundation

@MainActor final class Downloader: BADownloaderExtension {
  init() {}
  func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {}
}
