public import Foundation
public import System

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension AssetPackManager {
  /// The contents of a file in one tree of all packs.
  nonisolated public func contents(
    at path: FilePath,
    searchingInAssetPackWithID assetPackID: String? = nil,
    options: Data.ReadingOptions = .mappedIfSafe
  ) throws -> Data {
    try Data(contentsOf: file(path, assetPackID, nil), options: options)
  }

  /// The same among the packs of one language.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  nonisolated public func contents(
    at path: FilePath,
    asLocalizedFor language: Locale.Language,
    options: Data.ReadingOptions = .mappedIfSafe
  ) throws -> Data {
    try Data(contentsOf: file(path, nil, language), options: options)
  }

  /// Opens a file; the caller closes it.
  nonisolated public func descriptor(
    for path: FilePath, searchingInAssetPackWithID assetPackID: String? = nil
  ) throws -> FileDescriptor {
    try FileDescriptor.open(FilePath(file(path, assetPackID, nil).path), .readOnly)
  }

  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  nonisolated public func descriptor(
    for path: FilePath, asLocalizedFor language: Locale.Language
  ) throws -> FileDescriptor {
    try FileDescriptor.open(FilePath(file(path, nil, language).path), .readOnly)
  }

  /// Where a file or directory is, or would be. Slow; not to be kept.
  nonisolated public func url(for path: FilePath) throws -> URL {
    try Simulation.assetPacks.url(for: path, assetPackID: nil, language: nil)
  }

  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  nonisolated public func url(for path: FilePath, asLocalizedFor language: Locale.Language) throws -> URL {
    try Simulation.assetPacks.url(for: path, assetPackID: nil, language: language)
  }

  nonisolated private func file(_ path: FilePath, _ assetPackID: String?, _ language: Locale.Language?) throws -> URL {
    let url = try Simulation.assetPacks.url(for: path, assetPackID: assetPackID, language: language)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw ManagedBackgroundAssetsError.fileNotFound(at: path)
    }
    return url
  }
}
