public import CBackgroundAssets
public import Foundation
internal import Synchronization
public import System

/// `AssetPackManager`, and the books that a managed extension keeps, as the simulated system serves them.
@_spi(BASimulation)
public protocol AssetPackBackend: Sendable {
  /// `BAAppGroupID` of the app.
  var applicationGroupIdentifier: String { get }

  func manifest() async throws -> AssetPackManifest
  func status(relativeTo assetPack: AssetPack) async throws -> AssetPack.Status
  func localStatus(ofAssetPackWithID assetPackID: String) -> AssetPack.Status
  func ensureLocalAvailability(of assetPack: AssetPack, requireLatestVersion: Bool) async throws
  func checkForUpdates() async throws -> (updatingIDs: Set<String>, removedIDs: Set<String>)
  func remove(assetPackWithID assetPackID: String) async throws

  var resolvedLanguage: Locale.Language? { get }
  func setResolvedLanguage(_ language: Locale.Language?)
  func locallyAvailableLanguages() async -> [Locale.Language]
  func reconcilePreferredLanguages() async throws

  func localSize(ofAssetPackWithID assetPackID: String, calculationMethod: SizeCalculationMethod) async throws -> Int64
  func localVersion(ofAssetPackWithID assetPackID: String) -> Int?

  /// Where a file of the packs is, or would be.
  func url(for path: FilePath, assetPackID: String?, language: Locale.Language?) throws -> URL

  /// The defaults of `ManagedDownloaderExtension`.
  func downloadFailed(_ download: BADownload, error: any Error)
  func downloadFinished(_ download: BADownload, fileURL: URL)
}

@_spi(BASimulation)
extension Simulation {
  private static let assetPackBackend = Mutex<any AssetPackBackend>(NoAssetPacks())

  static var assetPacks: any AssetPackBackend {
    assetPackBackend.withLock { $0 }
  }

  public static func install(_ backend: any AssetPackBackend) {
    assetPackBackend.withLock { $0 = backend }
  }

  /// Everything fails again as before a backend was installed.
  public static func disconnect() {
    install(Disconnected())
    install(NoAssetPacks())
  }
}

private struct NoAssetPacks: AssetPackBackend {
  var applicationGroupIdentifier: String { "" }

  func manifest() async throws -> AssetPackManifest { throw Simulation.notConnected() }
  func status(relativeTo assetPack: AssetPack) async throws -> AssetPack.Status { throw Simulation.notConnected() }
  func localStatus(ofAssetPackWithID assetPackID: String) -> AssetPack.Status { [] }
  func ensureLocalAvailability(of assetPack: AssetPack, requireLatestVersion: Bool) async throws {
    throw Simulation.notConnected()
  }
  func checkForUpdates() async throws -> (updatingIDs: Set<String>, removedIDs: Set<String>) {
    throw Simulation.notConnected()
  }
  func remove(assetPackWithID assetPackID: String) async throws { throw Simulation.notConnected() }

  var resolvedLanguage: Locale.Language? { nil }
  func setResolvedLanguage(_ language: Locale.Language?) {}
  func locallyAvailableLanguages() async -> [Locale.Language] { [] }
  func reconcilePreferredLanguages() async throws { throw Simulation.notConnected() }

  func localSize(
    ofAssetPackWithID assetPackID: String, calculationMethod: SizeCalculationMethod
  ) async throws -> Int64 {
    throw Simulation.notConnected()
  }
  func localVersion(ofAssetPackWithID assetPackID: String) -> Int? { nil }
  func url(for path: FilePath, assetPackID: String?, language: Locale.Language?) throws -> URL {
    throw Simulation.notConnected()
  }

  func downloadFailed(_ download: BADownload, error: any Error) {}
  func downloadFinished(_ download: BADownload, fileURL: URL) {}
}
