import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation
import System

/// Apple's bookkeeping of asset packs, as far as an extension reaches it.
final class Books: AssetPackBackend {
  private let noted = Locked<[String]>([])

  var calls: [String] { noted.withLock { $0 } }
  var applicationGroupIdentifier: String { "group.com.example" }

  func downloadFailed(_ download: BADownload, error: any Error) {
    noted.withLock { $0.append("failed \(download.identifier)") }
  }

  func downloadFinished(_ download: BADownload, fileURL: URL) {
    noted.withLock { $0.append("finished \(download.identifier)") }
  }

  // What only apps ask for.

  private struct NotForExtensions: Error {}

  func manifest() async throws -> AssetPackManifest { throw NotForExtensions() }
  func status(relativeTo assetPack: AssetPack) async throws -> AssetPack.Status { throw NotForExtensions() }
  func localStatus(ofAssetPackWithID assetPackID: String) -> AssetPack.Status { [] }
  func ensureLocalAvailability(of assetPack: AssetPack, requireLatestVersion: Bool) async throws {
    throw NotForExtensions()
  }
  func checkForUpdates() async throws -> (updatingIDs: Set<String>, removedIDs: Set<String>) {
    throw NotForExtensions()
  }
  func remove(assetPackWithID assetPackID: String) async throws { throw NotForExtensions() }
  var resolvedLanguage: Locale.Language? { nil }
  func setResolvedLanguage(_ language: Locale.Language?) {}
  func locallyAvailableLanguages() async -> [Locale.Language] { [] }
  func reconcilePreferredLanguages() async throws { throw NotForExtensions() }
  func localSize(
    ofAssetPackWithID assetPackID: String, calculationMethod: SizeCalculationMethod
  ) async throws -> Int64 {
    throw NotForExtensions()
  }
  func localVersion(ofAssetPackWithID assetPackID: String) -> Int? { nil }
  func url(for path: FilePath, assetPackID: String?, language: Locale.Language?) throws -> URL {
    throw NotForExtensions()
  }
}
