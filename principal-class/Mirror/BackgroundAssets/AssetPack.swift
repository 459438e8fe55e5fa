public import Foundation
internal import FoundationNetworking

/// BAAssetPack.h: one version of a pack, as a manifest lists it.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
public struct AssetPack: CustomStringConvertible, DecodableWithConfiguration, Encodable, Hashable, Identifiable,
  Sendable
{
  public let id: String

  /// Bytes of the compressed download, fewer than the pack takes when it is installed.
  public let downloadSize: Int

  public let version: Int

  /// Nil: not localized.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public let language: Locale.Language?

  /// JSON of the developer's; nil for packs that Apple hosts.
  public let userInfo: Data?

  // What the manifest says besides; none of it can be read in the real one.
  let url: URL?
  let policy: DownloadPolicy
  let applicationGroupIdentifier: String
  /// How the simulated system describes the pack; the manifest does not say.
  var givenDescription: String?

  public var description: String {
    givenDescription ?? "AssetPack(id: \(id), version: \(version))"
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(version)
  }

  public static func == (lhs: AssetPack, rhs: AssetPack) -> Bool {
    lhs.id == rhs.id && lhs.version == rhs.version && lhs.language == rhs.language
      && lhs.downloadSize == rhs.downloadSize && lhs.userInfo == rhs.userInfo
  }

  /// A download of this pack: for the current request in the extension, for none in the app.
  public func download(for contentRequest: BAContentRequest?) -> BADownload {
    let essential = contentRequest.map(isEssential(for:)) ?? false
    let record = DownloadRecord(identifier: id, isEssential: essential)
    // A pack that Apple hosts has no address that an app could see.
    guard let url else { return BADownload(record: record) }
    return BAURLDownload(
      record: record,
      transfer: DownloadTransfer(
        request: URLRequest(url: url), fileSize: downloadSize, applicationGroupIdentifier: applicationGroupIdentifier))
  }

  public typealias DecodingConfiguration = AssetPackManifest.DecodingConfiguration
}
