@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension AssetPackManager {
  @available(
    iOS, introduced: 26, deprecated: 27,
    message: "Use the manager’s manifest property’s value’s assetPacks property.")
  @available(
    macOS, introduced: 26, deprecated: 27,
    message: "Use the manager’s manifest property’s value’s assetPacks property.")
  @available(
    tvOS, introduced: 26, deprecated: 27,
    message: "Use the manager’s manifest property’s value’s assetPacks property.")
  @available(
    visionOS, introduced: 26, deprecated: 27,
    message: "Use the manager’s manifest property’s value’s assetPacks property.")
  public var allAssetPacks: Set<AssetPack> {
    get async throws { try await backend.manifest().assetPacks }
  }

  @available(
    iOS, introduced: 26, deprecated: 27,
    message: "Call assetPack(withID:) on the manager’s manifest property’s value.")
  @available(
    macOS, introduced: 26, deprecated: 27,
    message: "Call assetPack(withID:) on the manager’s manifest property’s value.")
  @available(
    tvOS, introduced: 26, deprecated: 27,
    message: "Call assetPack(withID:) on the manager’s manifest property’s value.")
  @available(
    visionOS, introduced: 26, deprecated: 27,
    message: "Call assetPack(withID:) on the manager’s manifest property’s value.")
  public func assetPack(withID id: String) async throws -> AssetPack {
    guard let assetPack = try await backend.manifest().assetPack(withID: id) else {
      throw ManagedBackgroundAssetsError.assetPackNotFound(withID: id)
    }
    return assetPack
  }

  @available(iOS, introduced: 26, deprecated: 26.4, message: "Use status(relativeTo:) instead.")
  @available(macOS, introduced: 26, deprecated: 26.4, message: "Use status(relativeTo:) instead.")
  @available(tvOS, introduced: 26, deprecated: 26.4, message: "Use status(relativeTo:) instead.")
  @available(visionOS, introduced: 26, deprecated: 26.4, message: "Use status(relativeTo:) instead.")
  public func status(ofAssetPackWithID assetPackID: String) async throws -> AssetPack.Status {
    try await backend.status(relativeTo: assetPack(withID: assetPackID))
  }

  @available(iOS, introduced: 26, deprecated: 26.4, renamed: "ensureLocalAvailability(of:requireLatestVersion:)")
  @available(macOS, introduced: 26, deprecated: 26.4, renamed: "ensureLocalAvailability(of:requireLatestVersion:)")
  @available(tvOS, introduced: 26, deprecated: 26.4, renamed: "ensureLocalAvailability(of:requireLatestVersion:)")
  @available(visionOS, introduced: 26, deprecated: 26.4, renamed: "ensureLocalAvailability(of:requireLatestVersion:)")
  @_disfavoredOverload
  public func ensureLocalAvailability(of assetPack: AssetPack) async throws {
    try await backend.ensureLocalAvailability(of: assetPack, requireLatestVersion: false)
  }
}
