public import Foundation
public import CBackgroundAssets

@available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
extension AssetPackManager {
  /// The best language. Setting it changes the app's language and is not for the extension; nil: as the system says.
  nonisolated public var resolvedLanguage: Locale.Language? {
    get { Simulation.assetPacks.resolvedLanguage }
    set { Simulation.assetPacks.setResolvedLanguage(newValue) }
  }

  /// The languages of the packs on this device.
  public var locallyAvailableLanguages: [Locale.Language] {
    get async { await backend.locallyAvailableLanguages() }
  }

  /// Downloads the localized packs that are missing and removes those not needed. May throw `LocalAvailabilityError`.
  public func reconcilePreferredLanguages() async throws {
    try await backend.reconcilePreferredLanguages()
  }
}

// 27.2, in beta.
@available(iOS 27.2, macOS 27.2, tvOS 27.2, visionOS 27.2, *)
extension AssetPackManager {
  /// Bytes that a pack takes on this device.
  public func localSize(
    ofAssetPackWithID assetPackID: String, calculationMethod: SizeCalculationMethod
  ) async throws -> Int64 {
    try await backend.localSize(ofAssetPackWithID: assetPackID, calculationMethod: calculationMethod)
  }

  /// The version of a pack on this device.
  nonisolated public func localVersion(ofAssetPackWithID assetPackID: String) throws -> Int {
    guard let version = Simulation.assetPacks.localVersion(ofAssetPackWithID: assetPackID) else {
      throw ManagedBackgroundAssetsError.assetPackNotFound(withID: assetPackID)
    }
    return version
  }
}
