public import Foundation

/// BAAssetPackManifest.h: the packs that a server has.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@available(watchOS, unavailable)
public struct AssetPackManifest: CustomStringConvertible, DecodableWithConfiguration, Encodable, Sendable {
  public let assetPacks: Set<AssetPack>

  private let primaryLanguageID: String?

  /// The app's primary language in App Store Connect, for when no other matches.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public var primaryLanguage: Locale.Language? {
    primaryLanguageID.map(Locale.Language.init(identifier:))
  }

  /// The languages that packs are in.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public var availableLanguages: [Locale.Language] {
    Set(assetPacks.compactMap(\.language)).sorted { $0.maximalIdentifier < $1.maximalIdentifier }
  }

  /// The available language that suits the user best.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public var resolvedLanguage: Locale.Language? {
    let available = availableLanguages
    let preferred = Locale.preferredLanguages.map(Locale.Language.init(identifier:))
    return preferred.first { language in available.contains { $0.isSame(as: language) } } ?? primaryLanguage
  }

  /// The packs in the resolved language.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public var localizedAssetPacks: Set<AssetPack> {
    resolvedLanguage.map(localizedAssetPacks(for:)) ?? []
  }

  public var description: String {
    "AssetPackManifest(assetPacks: \(assetPacks.map(\.id).sorted()))"
  }

  /// - Parameter appGroupID: where unmanaged packs of this manifest are stored.
  public init(contentsOf url: URL, appGroupID: String) throws {
    try self.init(from: Data(contentsOf: url), appGroupID: appGroupID)
  }

  /// - Parameter appGroupID: where unmanaged packs of this manifest are stored.
  public init(from data: Data, appGroupID: String) throws {
    self = try JSONDecoder().decode(
      AssetPackManifest.self, from: data,
      configuration: DecodingConfiguration(applicationGroupIdentifier: appGroupID))
  }

  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public func assetPack(withID id: String) -> AssetPack? {
    assetPacks.first { $0.id == id }
  }

  /// The packs in this language.
  @available(iOS 27, macOS 27, tvOS 27, visionOS 27, *)
  public func localizedAssetPacks(for language: Locale.Language) -> Set<AssetPack> {
    assetPacks.filter { $0.language?.isSame(as: language) ?? false }
  }

  /// A download of each pack: for the current request in the extension, for none in the app.
  public func allDownloads(for contentRequest: BAContentRequest?) -> Set<BADownload> {
    Set(assetPacks.map { $0.download(for: contentRequest) })
  }

  /// What a manifest has to know that is not in it.
  public struct DecodingConfiguration: CustomStringConvertible {
    let applicationGroupIdentifier: String

    public var description: String {
      "DecodingConfiguration(appGroupID: \(applicationGroupIdentifier))"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case assetPacks
    case primaryLanguageID = "primaryLanguage"
  }

  public init(from decoder: any Decoder, configuration: AssetPackManifest.DecodingConfiguration) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let packs = try values.decode([AssetPack].self, forKey: .assetPacks, configuration: configuration)
    assetPacks = Set(packs)
    primaryLanguageID = try values.decodeIfPresent(String.self, forKey: .primaryLanguageID)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(assetPacks.sorted { $0.id < $1.id }, forKey: .assetPacks)
    try values.encodeIfPresent(primaryLanguageID, forKey: .primaryLanguageID)
  }
}

extension Locale.Language {
  /// By likely script and region: `en` is `en-US` is `en-Latn-US`, and is not `en-CA`.
  func isSame(as other: Locale.Language) -> Bool {
    maximalIdentifier == other.maximalIdentifier
  }
}
