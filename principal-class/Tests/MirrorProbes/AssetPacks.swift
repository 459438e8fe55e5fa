import BackgroundAssets
import System

func use(_ manager: AssetPackManager = .shared) async throws {
  for await update in await manager.statusUpdates {
    if case .finished(let pack) = update { _ = pack.id }
    break
  }
  for await update in manager.statusUpdates(forAssetPackWithID: "Tutorial") { _ = update.description }

  let manifest = try await manager.manifest
  guard let pack = manifest.assetPack(withID: "Tutorial") else { return }
  let status: AssetPack.Status = try await manager.status(relativeTo: pack)
  if status.contains(.updateAvailable) || status.isSuperset(of: [.downloaded, .outOfDate]) {
    try await manager.ensureLocalAvailability(of: pack, requireLatestVersion: true)
  }
  try await manager.ensureLocalAvailability(of: pack)
  do {
    try await manager.ensureLocalAvailability(of: manifest.localizedAssetPacks)
  } catch let error as AssetPackManager.LocalAvailabilityError {
    _ = (error.successes.count, error.failures[pack])
  }
  try await manager.checkForUpdates()
  let (updating, removed) = try await manager.checkForUpdates()
  _ = updating.union(removed)
  try await manager.remove(assetPackWithID: pack.id)
  try await manager.reconcilePreferredLanguages()
  _ = await (manager.localStatus(ofAssetPackWithID: pack.id), manager.locallyAvailableLanguages)
  _ = try await manager.localSize(ofAssetPackWithID: pack.id, calculationMethod: .allocated)
}

// Without `await`.
func read(_ manager: AssetPackManager = .shared) throws -> Data {
  guard manager.assetPackIsAvailableLocally(withID: "Tutorial") else { return Data() }
  let language = manager.resolvedLanguage ?? Locale.Language(identifier: "en")
  let descriptor: FileDescriptor = try manager.descriptor(for: "Videos/Intro.m4v")
  try descriptor.close()
  _ = try manager.url(for: FilePath("Videos"))
  _ = try manager.url(for: "Videos", asLocalizedFor: language)
  _ = try manager.localVersion(ofAssetPackWithID: "Tutorial")
  _ = try manager.contents(at: "Videos/Intro.m4v", asLocalizedFor: language)
  return try manager.contents(at: "Videos/Intro.m4v", searchingInAssetPackWithID: "Tutorial", options: [])
}

/// Packs of one's own in an unmanaged extension.
func unmanaged(_ file: URL, _ request: BAContentRequest) throws -> Set<BADownload> {
  let manifest = try AssetPackManifest(contentsOf: file, appGroupID: "group.com.example")
  return manifest.allDownloads(for: request)
}

func deprecated(_ manager: AssetPackManager = .shared) async throws {
  for pack in try await manager.allAssetPacks { _ = pack.downloadSize }
  _ = try await manager.status(ofAssetPackWithID: manager.assetPack(withID: "Tutorial").id)
}
