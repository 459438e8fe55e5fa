import BackgroundAssets
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// As the system calls an extension: it knows the protocol only, so that what is called is what the type puts there.

func requestDownloads<E: BADownloaderExtension>(
  of principal: E, for request: BAContentRequest, manifest: URL, info: BAAppExtensionInfo
) -> Set<BADownload> {
  principal.downloads(for: request, manifestURL: manifest, extensionInfo: info)
}

func deliver<E: BADownloaderExtension>(
  _ challenge: URLAuthenticationChallenge, of download: BADownload, to principal: E
) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
  await principal.backgroundDownload(download, didReceive: challenge)
}

func deliverFailure<E: BADownloaderExtension>(_ error: any Error, of download: BADownload, to principal: E) {
  principal.backgroundDownload(download, failedWithError: error)
}

func deliver<E: BADownloaderExtension>(_ file: URL, of download: BADownload, to principal: E) {
  principal.backgroundDownload(download, finishedWithFileURL: file)
}

func terminate<E: BADownloaderExtension>(_ principal: E) {
  principal.extensionWillTerminate()
}

func ask<E: ManagedDownloaderExtension>(_ principal: E, about pack: AssetPack) -> Bool {
  principal.shouldDownload(pack)
}
