// Made by `npm run generate` from src/protocol/values.ts, which says what each field means.

package enum LogLevel: String, Codable, Sendable, CaseIterable {
  case debug
  case info
  case `default`
  case error
  case fault
}

package enum Mode: String, Codable, Sendable, CaseIterable {
  case unmanaged
  case managed
  case store
}

package enum Platform: String, Codable, Sendable, CaseIterable {
  case macOS
  case iOS
  case tvOS
  case visionOS
}

package enum Priority: String, Codable, Sendable, CaseIterable {
  case min
  case `default`
  case max
}

package struct AssetPackRecord: Codable, Sendable, Equatable {
  package var id: String
  package var version: Int
  package var downloadSize: Int
  package var language: String?
  package var userInfo: String?
  package var description: String

  package init(
    id: String,
    version: Int,
    downloadSize: Int,
    language: String?,
    userInfo: String?,
    description: String
  ) {
    self.id = id
    self.version = version
    self.downloadSize = downloadSize
    self.language = language
    self.userInfo = userInfo
    self.description = description
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(version, forKey: .version)
    try container.encode(downloadSize, forKey: .downloadSize)
    try container.encode(language, forKey: .language)
    try container.encode(userInfo, forKey: .userInfo)
    try container.encode(description, forKey: .description)
  }

  private enum CodingKeys: String, CodingKey {
    case id, version, downloadSize, language, userInfo, description
  }
}

package struct BundleRecord: Codable, Sendable, Equatable {
  package var infoDictionary: [String: JSONValue]
  package var appInfoDictionary: [String: JSONValue]

  package init(infoDictionary: [String: JSONValue], appInfoDictionary: [String: JSONValue]) {
    self.infoDictionary = infoDictionary
    self.appInfoDictionary = appInfoDictionary
  }
}

package struct Challenge: Codable, Sendable, Equatable {
  package var protectionSpace: ProtectionSpace
  package var previousFailureCount: Int

  package init(protectionSpace: ProtectionSpace, previousFailureCount: Int) {
    self.protectionSpace = protectionSpace
    self.previousFailureCount = previousFailureCount
  }

  package struct ProtectionSpace: Codable, Sendable, Equatable {
    package var host: String
    package var port: Int
    package var `protocol`: String
    package var realm: String?
    package var method: Method
    package var rawMethod: String
    package var isProxy: Bool
    package var receivesCredentialSecurely: Bool

    package init(
      host: String,
      port: Int,
      protocol: String,
      realm: String?,
      method: Method,
      rawMethod: String,
      isProxy: Bool,
      receivesCredentialSecurely: Bool
    ) {
      self.host = host
      self.port = port
      self.protocol = `protocol`
      self.realm = realm
      self.method = method
      self.rawMethod = rawMethod
      self.isProxy = isProxy
      self.receivesCredentialSecurely = receivesCredentialSecurely
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(host, forKey: .host)
      try container.encode(port, forKey: .port)
      try container.encode(`protocol`, forKey: .protocol)
      try container.encode(realm, forKey: .realm)
      try container.encode(method, forKey: .method)
      try container.encode(rawMethod, forKey: .rawMethod)
      try container.encode(isProxy, forKey: .isProxy)
      try container.encode(receivesCredentialSecurely, forKey: .receivesCredentialSecurely)
    }

    private enum CodingKeys: String, CodingKey {
      case host, port, `protocol`, realm, method, rawMethod, isProxy, receivesCredentialSecurely
    }

    package enum Method: String, Codable, Sendable, CaseIterable {
      case httpBasic
      case httpDigest
      case ntlm
      case negotiate
      case serverTrust
      case clientCertificate
      case unknown
    }
  }
}

package enum ChallengeAnswer: Codable, Sendable, Equatable {
  case useCredential(credential: Credential)
  case performDefaultHandling
  case cancelChallenge
  case rejectProtectionSpace

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .disposition) {
    case .useCredential:
      self = .useCredential(credential: try container.decode(Credential.self, forKey: .credential))
    case .performDefaultHandling:
      self = .performDefaultHandling
    case .cancelChallenge:
      self = .cancelChallenge
    case .rejectProtectionSpace:
      self = .rejectProtectionSpace
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .useCredential(let credential):
      try container.encode(Tag.useCredential, forKey: .disposition)
      try container.encode(credential, forKey: .credential)
    case .performDefaultHandling:
      try container.encode(Tag.performDefaultHandling, forKey: .disposition)
    case .cancelChallenge:
      try container.encode(Tag.cancelChallenge, forKey: .disposition)
    case .rejectProtectionSpace:
      try container.encode(Tag.rejectProtectionSpace, forKey: .disposition)
    }
  }

  private enum Tag: String, Codable {
    case useCredential
    case performDefaultHandling
    case cancelChallenge
    case rejectProtectionSpace
  }

  private enum CodingKeys: String, CodingKey {
    case disposition, credential
  }

  package struct Credential: Codable, Sendable, Equatable {
    package var user: String
    package var password: String
    package var persistence: Persistence

    package init(user: String, password: String, persistence: Persistence) {
      self.user = user
      self.password = password
      self.persistence = persistence
    }

    package enum Persistence: String, Codable, Sendable, CaseIterable {
      case none
      case forSession
      case permanent
    }
  }
}

package struct DownloadError: Codable, Sendable, Equatable {
  package var domain: String
  package var code: Int
  package var name: String?
  package var message: String
  package var underlying: Indirect<DownloadError>?
  package var userInfo: [String: JSONValue]

  package init(
    domain: String,
    code: Int,
    name: String?,
    message: String,
    underlying: Indirect<DownloadError>?,
    userInfo: [String: JSONValue]
  ) {
    self.domain = domain
    self.code = code
    self.name = name
    self.message = message
    self.underlying = underlying
    self.userInfo = userInfo
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(domain, forKey: .domain)
    try container.encode(code, forKey: .code)
    try container.encode(name, forKey: .name)
    try container.encode(message, forKey: .message)
    try container.encode(underlying, forKey: .underlying)
    try container.encode(userInfo, forKey: .userInfo)
  }

  private enum CodingKeys: String, CodingKey {
    case domain, code, name, message, underlying, userInfo
  }
}

package struct DownloadRecord: Codable, Sendable, Equatable {
  package var kind: Kind
  package var identifier: String
  package var uniqueIdentifier: String
  package var essential: Bool
  package var priority: Priority
  package var state: State

  package init(
    kind: Kind,
    identifier: String,
    uniqueIdentifier: String,
    essential: Bool,
    priority: Priority,
    state: State
  ) {
    self.kind = kind
    self.identifier = identifier
    self.uniqueIdentifier = uniqueIdentifier
    self.essential = essential
    self.priority = priority
    self.state = state
  }

  package enum Kind: String, Codable, Sendable, CaseIterable {
    case url
    case manifest
    case other
  }

  package enum State: String, Codable, Sendable, CaseIterable {
    case failed
    case created
    case waiting
    case downloading
    case finished
  }
}

package struct Environment: Codable, Sendable, Equatable {
  package var platform: Platform
  package var osVersion: String
  package var locale: String

  package init(platform: Platform, osVersion: String, locale: String) {
    self.platform = platform
    self.osVersion = osVersion
    self.locale = locale
  }
}

package struct ExtensionInfo: Codable, Sendable, Equatable {
  package var restrictedDownloadSizeRemaining: Int?
  package var restrictedEssentialDownloadSizeRemaining: Int?

  package init(restrictedDownloadSizeRemaining: Int?, restrictedEssentialDownloadSizeRemaining: Int?) {
    self.restrictedDownloadSizeRemaining = restrictedDownloadSizeRemaining
    self.restrictedEssentialDownloadSizeRemaining = restrictedEssentialDownloadSizeRemaining
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(restrictedDownloadSizeRemaining, forKey: .restrictedDownloadSizeRemaining)
    try container.encode(restrictedEssentialDownloadSizeRemaining, forKey: .restrictedEssentialDownloadSizeRemaining)
  }

  private enum CodingKeys: String, CodingKey {
    case restrictedDownloadSizeRemaining, restrictedEssentialDownloadSizeRemaining
  }
}

package struct RequestRecord: Codable, Sendable, Equatable {
  package var url: String
  package var method: String?
  package var headers: [String: String]?
  package var cachePolicy: String?
  package var timeoutInterval: Int?
  package var allowsCellularAccess: Bool?
  package var allowsConstrainedNetworkAccess: Bool?
  package var allowsExpensiveNetworkAccess: Bool?

  package init(
    url: String,
    method: String? = nil,
    headers: [String: String]? = nil,
    cachePolicy: String? = nil,
    timeoutInterval: Int? = nil,
    allowsCellularAccess: Bool? = nil,
    allowsConstrainedNetworkAccess: Bool? = nil,
    allowsExpensiveNetworkAccess: Bool? = nil
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.cachePolicy = cachePolicy
    self.timeoutInterval = timeoutInterval
    self.allowsCellularAccess = allowsCellularAccess
    self.allowsConstrainedNetworkAccess = allowsConstrainedNetworkAccess
    self.allowsExpensiveNetworkAccess = allowsExpensiveNetworkAccess
  }
}

package struct URLDownload: Codable, Sendable, Equatable {
  package var identifier: String
  package var request: RequestRecord
  package var fileSize: Int
  package var essential: Bool
  package var priority: Priority
  package var applicationGroupIdentifier: String?

  package init(
    identifier: String,
    request: RequestRecord,
    fileSize: Int,
    essential: Bool,
    priority: Priority,
    applicationGroupIdentifier: String? = nil
  ) {
    self.identifier = identifier
    self.request = request
    self.fileSize = fileSize
    self.essential = essential
    self.priority = priority
    self.applicationGroupIdentifier = applicationGroupIdentifier
  }
}
