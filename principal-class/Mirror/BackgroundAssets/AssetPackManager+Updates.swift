public import Foundation

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension AssetPackManager {
  /// What happened to the download of a pack. Not frozen: switches need `@unknown default`.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum DownloadStatusUpdate: CustomStringConvertible, Sendable {
    /// Also when a download goes on after a pause.
    case began(AssetPack)
    case paused(AssetPack)
    /// Cancelling the progress cancels the download.
    case downloading(AssetPack, Progress)
    case finished(AssetPack)
    case failed(AssetPack, any Error)

    public var description: String {
      switch self {
      case .began(let pack): "\(pack.id) began"
      case .paused(let pack): "\(pack.id) paused"
      case .downloading(let pack, let progress): "\(pack.id) downloading: \(progress.fractionCompleted)"
      case .finished(let pack): "\(pack.id) finished"
      case .failed(let pack, let error): "\(pack.id) failed: \(error)"
      }
    }

    var assetPackID: String {
      switch self {
      case .began(let pack), .paused(let pack), .downloading(let pack, _), .finished(let pack), .failed(let pack, _):
        pack.id
      }
    }

    var isLast: Bool {
      switch self {
      case .finished, .failed: true
      case .began, .paused, .downloading: false
      }
    }
  }

  /// Some packs of a set are local and others are not.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public struct LocalAvailabilityError: CustomStringConvertible, LocalizedError {
    public let successes: Set<AssetPack>
    public let failures: [AssetPack: any Error]

    init(successes: Set<AssetPack>, failures: [AssetPack: any Error]) {
      self.successes = successes
      self.failures = failures
    }

    public var description: String {
      "Asset packs that are not available locally: \(failures.keys.map(\.id).sorted().joined(separator: ", "))"
    }

    public var errorDescription: String? { description }
  }
}
