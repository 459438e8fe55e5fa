public import Foundation
public import System

/// BAManagedError.h: what the manager of asset packs throws. Not frozen: switches need `@unknown default`.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum ManagedBackgroundAssetsError: CustomStringConvertible, LocalizedError {
  case assetPackNotFound(withID: String)
  case fileNotFound(at: FilePath)

  public var description: String {
    switch self {
    case .assetPackNotFound(let id): "No asset pack with the ID “\(id)” was found."
    case .fileNotFound(let path): "No file was found at the path “\(path)”."
    }
  }

  public var errorDescription: String? { description }
}
