internal import Foundation

/// BAAssetPackManager.h: the asset packs of this app.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
public actor AssetPackManager {
  /// The manager of this app. The first use opts the app into automatic management.
  public static let shared = AssetPackManager()

  private init() {}

  var backend: any AssetPackBackend { Simulation.assetPacks }

  /// What happens to the downloads of all packs; never ends.
  final public let statusUpdates: some Sendable & AsyncSequence<AssetPackManager.DownloadStatusUpdate, Never> =
    StatusUpdates(assetPackID: nil)

  /// What happens to the downloads of one pack; ends after `finished` and `failed`.
  nonisolated public func statusUpdates(
    forAssetPackWithID assetPackID: String
  ) -> some Sendable & AsyncSequence<AssetPackManager.DownloadStatusUpdate, Never> {
    StatusUpdates(assetPackID: assetPackID)
  }

  /// The packs that can be downloaded.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public var manifest: AssetPackManifest {
    get async throws { try await backend.manifest() }
  }

  /// How a downloaded pack stands to this one. Downloads nothing.
  @available(iOS 26.4, macOS 26.4, tvOS 26.4, visionOS 26.4, *)
  public func status(relativeTo assetPack: AssetPack) async throws -> AssetPack.Status {
    try await backend.status(relativeTo: assetPack)
  }

  /// What is known without the server; empty when the pack is unknown or not downloaded.
  @available(iOS 26.4, macOS 26.4, tvOS 26.4, visionOS 26.4, *)
  public func localStatus(ofAssetPackWithID assetPackID: String) async -> AssetPack.Status {
    backend.localStatus(ofAssetPackWithID: assetPackID)
  }

  @available(iOS 26.4, macOS 26.4, tvOS 26.4, visionOS 26.4, *)
  nonisolated public func assetPackIsAvailableLocally(withID assetPackID: String) -> Bool {
    Simulation.assetPacks.localStatus(ofAssetPackWithID: assetPackID).contains(.downloaded)
  }

  /// Returns when the pack is local; with `true`, when its latest version is.
  @available(iOS 26.4, macOS 26.4, tvOS 26.4, visionOS 26.4, *)
  public func ensureLocalAvailability(
    of assetPack: AssetPack, requireLatestVersion shouldUpdate: Bool = false
  ) async throws {
    try await backend.ensureLocalAvailability(of: assetPack, requireLatestVersion: shouldUpdate)
  }

  /// The same for several packs. May throw `LocalAvailabilityError`.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public func ensureLocalAvailability(
    of assetPacks: Set<AssetPack>, requireLatestVersions shouldUpdate: Bool = false
  ) async throws {
    var successes: Set<AssetPack> = []
    var failures: [AssetPack: any Error] = [:]
    for assetPack in assetPacks {
      do {
        try await backend.ensureLocalAvailability(of: assetPack, requireLatestVersion: shouldUpdate)
        successes.insert(assetPack)
      } catch {
        failures[assetPack] = error
      }
    }
    if !failures.isEmpty { throw LocalAvailabilityError(successes: successes, failures: failures) }
  }

  /// Starts updates of what is out of date and removes what the server has no more.
  @discardableResult
  public func checkForUpdates() async throws -> (updatingIDs: Set<String>, removedIDs: Set<String>) {
    try await backend.checkForUpdates()
  }

  /// Frees the pack. The system never does while the app is installed.
  public func remove(assetPackWithID assetPackID: String) async throws {
    try await backend.remove(assetPackWithID: assetPackID)
  }
}
