// A target whose default isolation is the main actor: the methods that the system calls are `nonisolated`.
import BackgroundAssets
import ExtensionFoundation

struct Downloader: BADownloaderExtension {
  nonisolated func downloads(
    for request: BAContentRequest, manifestURL: URL, extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    []
  }

  nonisolated func backgroundDownload(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.performDefaultHandling, nil)
  }

  nonisolated func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {}

  nonisolated func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {}
}

struct Managed: ManagedDownloaderExtension {
  nonisolated func shouldDownload(_ assetPack: AssetPack) -> Bool {
    assetPack.userInfo == nil
  }
}
