// Made by `npm run generate` from src/protocol/guest.ts, which says what each field means.

package struct GuestConfiguration: Codable, Sendable, Equatable {
  package var mode: Mode
  package var callbacks: [String]
  package var environment: Environment
  package var bundle: BundleRecord
  package var clockOffset: Double

  package init(
    mode: Mode,
    callbacks: [String],
    environment: Environment,
    bundle: BundleRecord,
    clockOffset: Double
  ) {
    self.mode = mode
    self.callbacks = callbacks
    self.environment = environment
    self.bundle = bundle
    self.clockOffset = clockOffset
  }
}

package struct GuestError: Codable, Sendable, Equatable {
  package var code: String
  package var message: String
  package var hint: String?
  package var stack: String?
  package var systemError: DownloadError?

  package init(
    code: String,
    message: String,
    hint: String? = nil,
    stack: String? = nil,
    systemError: DownloadError? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.stack = stack
    self.systemError = systemError
  }
}

package enum GuestEvent: Codable, Sendable, Equatable {
  case downloads(Downloads)
  case didReceiveChallenge(DidReceiveChallenge)
  case downloadFailed(DownloadFailed)
  case downloadFinished(DownloadFinished)
  case extensionWillTerminate
  case shouldDownload(assetPack: AssetPackRecord)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .downloads:
      self = .downloads(try Downloads(from: decoder))
    case .didReceiveChallenge:
      self = .didReceiveChallenge(try DidReceiveChallenge(from: decoder))
    case .downloadFailed:
      self = .downloadFailed(try DownloadFailed(from: decoder))
    case .downloadFinished:
      self = .downloadFinished(try DownloadFinished(from: decoder))
    case .extensionWillTerminate:
      self = .extensionWillTerminate
    case .shouldDownload:
      self = .shouldDownload(assetPack: try container.decode(AssetPackRecord.self, forKey: .assetPack))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .downloads(let payload):
      try container.encode(Tag.downloads, forKey: .kind)
      try payload.encode(to: encoder)
    case .didReceiveChallenge(let payload):
      try container.encode(Tag.didReceiveChallenge, forKey: .kind)
      try payload.encode(to: encoder)
    case .downloadFailed(let payload):
      try container.encode(Tag.downloadFailed, forKey: .kind)
      try payload.encode(to: encoder)
    case .downloadFinished(let payload):
      try container.encode(Tag.downloadFinished, forKey: .kind)
      try payload.encode(to: encoder)
    case .extensionWillTerminate:
      try container.encode(Tag.extensionWillTerminate, forKey: .kind)
    case .shouldDownload(let assetPack):
      try container.encode(Tag.shouldDownload, forKey: .kind)
      try container.encode(assetPack, forKey: .assetPack)
    }
  }

  private enum Tag: String, Codable {
    case downloads
    case didReceiveChallenge
    case downloadFailed
    case downloadFinished
    case extensionWillTerminate
    case shouldDownload
  }

  private enum CodingKeys: String, CodingKey {
    case kind, assetPack
  }

  package struct Downloads: Codable, Sendable, Equatable {
    package var contentRequest: ContentRequest
    package var contentRequestRawValue: Int
    package var essentialAllowed: Bool
    package var manifest: MappedFile
    package var info: ExtensionInfo

    package init(
      contentRequest: ContentRequest,
      contentRequestRawValue: Int,
      essentialAllowed: Bool,
      manifest: MappedFile,
      info: ExtensionInfo
    ) {
      self.contentRequest = contentRequest
      self.contentRequestRawValue = contentRequestRawValue
      self.essentialAllowed = essentialAllowed
      self.manifest = manifest
      self.info = info
    }

    package enum ContentRequest: String, Codable, Sendable, CaseIterable {
      case install
      case update
      case periodic
      case languageChange
      case unknown
    }
  }

  package struct DidReceiveChallenge: Codable, Sendable, Equatable {
    package var challenge: Challenge
    package var download: DownloadRecord

    package init(challenge: Challenge, download: DownloadRecord) {
      self.challenge = challenge
      self.download = download
    }
  }

  package struct DownloadFailed: Codable, Sendable, Equatable {
    package var download: DownloadRecord
    package var error: DownloadError

    package init(download: DownloadRecord, error: DownloadError) {
      self.download = download
      self.error = error
    }
  }

  package struct DownloadFinished: Codable, Sendable, Equatable {
    package var download: DownloadRecord
    package var file: File

    package init(download: DownloadRecord, file: File) {
      self.download = download
      self.file = file
    }

    package struct File: Codable, Sendable, Equatable {
      package var path: String
      package var size: Int
      package var token: String
      package var attempt: Int

      package init(path: String, size: Int, token: String, attempt: Int) {
        self.path = path
        self.size = size
        self.token = token
        self.attempt = attempt
      }
    }
  }
}

package enum GuestReply: Codable, Sendable, Equatable {
  case fulfilled(value: JSONValue?)
  case rejected(error: GuestError)
  case notImplemented

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .status) {
    case .fulfilled:
      self = .fulfilled(value: try container.decodeIfPresent(JSONValue.self, forKey: .value))
    case .rejected:
      self = .rejected(error: try container.decode(GuestError.self, forKey: .error))
    case .notImplemented:
      self = .notImplemented
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .fulfilled(let value):
      try container.encode(Tag.fulfilled, forKey: .status)
      try container.encodeIfPresent(value, forKey: .value)
    case .rejected(let error):
      try container.encode(Tag.rejected, forKey: .status)
      try container.encode(error, forKey: .error)
    case .notImplemented:
      try container.encode(Tag.notImplemented, forKey: .status)
    }
  }

  private enum Tag: String, Codable {
    case fulfilled
    case rejected
    case notImplemented
  }

  private enum CodingKeys: String, CodingKey {
    case status, value, error
  }
}

package struct HostCall: Codable, Sendable, Equatable {
  package var name: String
  package var args: [String: JSONValue]

  package init(name: String, args: [String: JSONValue]) {
    self.name = name
    self.args = args
  }
}

package enum HostReply: Codable, Sendable, Equatable {
  case success(value: JSONValue)
  case failure(error: GuestError)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Bool.self, forKey: .ok) {
    case true:
      self = .success(value: try container.decode(JSONValue.self, forKey: .value))
    case false:
      self = .failure(error: try container.decode(GuestError.self, forKey: .error))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .success(let value):
      try container.encode(true, forKey: .ok)
      try container.encode(value, forKey: .value)
    case .failure(let error):
      try container.encode(false, forKey: .ok)
      try container.encode(error, forKey: .error)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case ok, value, error
  }
}

package struct MappedFile: Codable, Sendable, Equatable {
  package var path: String
  package var size: Int
  package var token: String

  package init(path: String, size: Int, token: String) {
    self.path = path
    self.size = size
    self.token = token
  }
}
