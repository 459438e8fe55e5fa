// As an app's developer writes them; that this compiles is the test.
import BackgroundAssets
import ExtensionFoundation
import StoreKit

struct Nothing: BADownloaderExtension {}

struct NothingManaged: ManagedDownloaderExtension {}

struct NothingStore: StoreDownloaderExtension {}

class OpenToSubclasses: BADownloaderExtension {
  required init() {}
}

final class Everything: BADownloaderExtension {
  func downloads(
    for request: BAContentRequest, manifestURL: URL, extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    let bytes: Int? = extensionInfo.restrictedDownloadSizeRemaining
    if #available(macOS 13.3, iOS 16.4, *), let essential = extensionInfo.restrictedEssentialDownloadSizeRemaining {
      _ = essential
    }
    return bytes == 0 ? Set() : Set<BADownload>()
  }

  func backgroundDownload(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    await Task.yield()
    return (.useCredential, URLCredential(user: "user", password: "password", persistence: .forSession))
  }

  func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {
    // Apple's way to tell the manifest from the downloads of the app.
    guard type(of: failedDownload) == BAURLDownload.self else { return }
    do {
      try BADownloadManager.shared.scheduleDownload(failedDownload.removingEssential())
    } catch let error as NSError where error.domain == BAErrorDomain {
      if BAErrorCode(rawValue: error.code) == .downloadAlreadyScheduled { return }
    } catch {}
  }

  func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {}

  func extensionWillTerminate() {}
}

struct SelfHosted: ManagedDownloaderExtension {
  func shouldDownload(_ assetPack: AssetPack) -> Bool {
    assetPack.version > 3
  }

  func backgroundDownload(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.performDefaultHandling, nil)
  }
}

@MainActor
func configurations() {
  let _: any BADownloaderExtensionConfiguration = Nothing().configuration
  let _: any ManagedDownloaderExtensionConfiguration = NothingManaged().configuration
  let _: any ManagedDownloaderExtensionConfiguration = NothingStore().configuration
}
