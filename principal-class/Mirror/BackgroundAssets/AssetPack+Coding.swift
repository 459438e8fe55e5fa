internal import Foundation

// The schema of the download manifest is not published. These keys are those that third parties report, with the
// policy and language of the manifests that Apple's packager reads.
@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension AssetPack {
  private enum CodingKeys: String, CodingKey {
    case id, version, downloadSize, language, userInfo, url
    case policy = "downloadPolicy"
  }

  public init(from decoder: any Decoder, configuration: AssetPack.DecodingConfiguration) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(String.self, forKey: .id)
    version = try values.decode(Int.self, forKey: .version)
    downloadSize = try values.decode(Int.self, forKey: .downloadSize)
    language = try values.decodeIfPresent(String.self, forKey: .language).map(Locale.Language.init(identifier:))
    userInfo = try values.decodeIfPresent(JSONValue.self, forKey: .userInfo).map { try $0.data() }
    url = try values.decodeIfPresent(URL.self, forKey: .url)
    policy = try values.decodeIfPresent(DownloadPolicy.self, forKey: .policy) ?? .onDemand
    applicationGroupIdentifier = configuration.applicationGroupIdentifier
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(version, forKey: .version)
    try values.encode(downloadSize, forKey: .downloadSize)
    try values.encodeIfPresent(language?.minimalIdentifier, forKey: .language)
    try values.encodeIfPresent(userInfo.map(JSONValue.init(data:)), forKey: .userInfo)
    try values.encodeIfPresent(url, forKey: .url)
    try values.encode(policy, forKey: .policy)
  }
}

/// When the system downloads a pack of itself ("Creating managed asset packs").
enum DownloadPolicy: Codable, Hashable, Sendable {
  enum Event: String, Codable {
    case firstInstallation, subsequentUpdate
  }

  case essential(installationEventTypes: [Event])
  case prefetch(installationEventTypes: [Event])
  case onDemand

  /// Periodic requests and changes of the language bring no new pack.
  func covers(_ request: BAContentRequest) -> Bool {
    let event: Event
    switch request {
    case .install: event = .firstInstallation
    case .update: event = .subsequentUpdate
    case .periodic, .languageChange: return false
    @unknown default: return false
    }
    switch self {
    case .essential(let events), .prefetch(let events): return events.contains(event)
    case .onDemand: return false
    }
  }
}

extension AssetPack {
  func isAutomatic(for request: BAContentRequest) -> Bool {
    policy.covers(request)
  }

  func isEssential(for request: BAContentRequest) -> Bool {
    guard case .essential = policy else { return false }
    return policy.covers(request)
  }
}
