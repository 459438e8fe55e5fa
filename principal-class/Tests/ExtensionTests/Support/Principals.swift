import BAExtension
import BAExtensionStore
import BAMessages
@_spi(BASimulation) import BackgroundAssets
import ExtensionFoundation
import Foundation
import StoreKit

// As apps write them.

struct Unmanaged: JSDownloaderExtension {}

struct Managed: JSManagedDownloaderExtension {}

struct Store: JSStoreDownloaderExtension {}

let unrestricted = BAAppExtensionInfo(
  restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: nil)

func urlDownload(_ identifier: String, essential: Bool = false) -> BAURLDownload {
  BAURLDownload(
    record: BackgroundAssets.DownloadRecord(identifier: identifier, isEssential: essential), transfer: nil)
}

func manifestDownload() -> BADownload {
  BADownload(record: BackgroundAssets.DownloadRecord(identifier: "manifest"), state: .failed)
}

func assetPack(_ id: String) -> AssetPack {
  AssetPack(id: id, version: 1, downloadSize: 10, language: nil, userInfo: nil, description: id)
}

func message(_ identifier: String, essential: Bool = false, url: String = "https://example.com/a") -> URLDownload {
  URLDownload(
    identifier: identifier, request: RequestRecord(url: url), fileSize: 1, essential: essential, priority: .default)
}
