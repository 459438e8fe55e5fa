public import BackgroundAssets

/// An extension of an app that hosts and schedules its assets itself, with a handler made by
/// `defineDownloaderExtension`.
///
/// ```swift
/// import BAExtension
/// import BackgroundAssets
/// import ExtensionFoundation
///
/// @main
/// struct Downloader: JSDownloaderExtension {}
/// ```
///
/// Every call of the system goes to the handler. Where it has no callback, fails or takes too long, the answer is the
/// system's own default, or what `policies` of `ba.config.ts` says.
public protocol JSDownloaderExtension: BADownloaderExtension, JSExtension {}

extension JSDownloaderExtension {
  public func downloads(
    for request: BAContentRequest,
    manifestURL: URL,
    extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    calls.downloads(for: request, manifestURL: manifestURL, extensionInfo: extensionInfo)
  }

  public func backgroundDownload(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    await calls.answer(challenge, for: download)
  }

  public func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {
    calls.downloadFailed(failedDownload, error)
  }

  public func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {
    calls.downloadFinished(finishedDownload, fileURL)
  }

  public func extensionWillTerminate() {
    calls.extensionWillTerminate()
  }

  private var calls: ExtensionCalls { ExtensionCalls(of: Self.self, mode: .unmanaged) }
}
