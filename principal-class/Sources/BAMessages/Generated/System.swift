// Made by `npm run generate` from src/protocol/system.ts, which says what each field means.

package struct Diagnostic: Codable, Sendable, Equatable {
  package var code: String
  package var severity: Severity
  package var message: String
  package var hint: String?
  package var location: SourceLocation?

  package init(
    code: String,
    severity: Severity,
    message: String,
    hint: String?,
    location: SourceLocation?
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.hint = hint
    self.location = location
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(severity, forKey: .severity)
    try container.encode(message, forKey: .message)
    try container.encode(hint, forKey: .hint)
    try container.encode(location, forKey: .location)
  }

  private enum CodingKeys: String, CodingKey {
    case code, severity, message, hint, location
  }

  package enum Severity: String, Codable, Sendable, CaseIterable {
    case error
    case warning
    case info
  }
}

package struct LogEntry: Codable, Sendable, Equatable {
  package var level: LogLevel
  package var message: String
  package var source: Source

  package init(level: LogLevel, message: String, source: Source) {
    self.level = level
    self.message = message
    self.source = source
  }

  package enum Source: String, Codable, Sendable, CaseIterable {
    case handler
    case principal
    case system
  }
}

package enum Outcome: String, Codable, Sendable, CaseIterable {
  case answered
  case notImplemented
  case failed
  case deadline
  case engine
}

package struct ReofferedFile: Codable, Sendable, Equatable {
  package var identifier: String
  package var attempt: Int
  package var outcome: Outcome
  package var durationMs: Double
  package var file: SettledFile

  package init(
    identifier: String,
    attempt: Int,
    outcome: Outcome,
    durationMs: Double,
    file: SettledFile
  ) {
    self.identifier = identifier
    self.attempt = attempt
    self.outcome = outcome
    self.durationMs = durationMs
    self.file = file
  }
}

package enum SettledFile: Codable, Sendable, Equatable {
  case claimed(Claimed)
  case deleted
  case kept(Kept)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .claimed:
      self = .claimed(try Claimed(from: decoder))
    case .deleted:
      self = .deleted
    case .kept:
      self = .kept(try Kept(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .claimed(let payload):
      try container.encode(Tag.claimed, forKey: .kind)
      try payload.encode(to: encoder)
    case .deleted:
      try container.encode(Tag.deleted, forKey: .kind)
    case .kept(let payload):
      try container.encode(Tag.kept, forKey: .kind)
      try payload.encode(to: encoder)
    }
  }

  private enum Tag: String, Codable {
    case claimed
    case deleted
    case kept
  }

  private enum CodingKeys: String, CodingKey {
    case kind
  }

  package struct Claimed: Codable, Sendable, Equatable {
    package var path: String
    package var bytes: Int

    package init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }

  package struct Kept: Codable, Sendable, Equatable {
    package var path: String
    package var bytes: Int

    package init(path: String, bytes: Int) {
      self.path = path
      self.bytes = bytes
    }
  }
}

package struct SourceLocation: Codable, Sendable, Equatable {
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

package enum SystemAnswer: Codable, Sendable, Equatable {
  case downloads(downloads: [URLDownload])
  case challenge(answer: ChallengeAnswer)
  case shouldDownload(shouldDownload: Bool)
  case done

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .downloads:
      self = .downloads(downloads: try container.decode([URLDownload].self, forKey: .downloads))
    case .challenge:
      self = .challenge(answer: try container.decode(ChallengeAnswer.self, forKey: .answer))
    case .shouldDownload:
      self = .shouldDownload(shouldDownload: try container.decode(Bool.self, forKey: .shouldDownload))
    case .done:
      self = .done
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .downloads(let downloads):
      try container.encode(Tag.downloads, forKey: .kind)
      try container.encode(downloads, forKey: .downloads)
    case .challenge(let answer):
      try container.encode(Tag.challenge, forKey: .kind)
      try container.encode(answer, forKey: .answer)
    case .shouldDownload(let shouldDownload):
      try container.encode(Tag.shouldDownload, forKey: .kind)
      try container.encode(shouldDownload, forKey: .shouldDownload)
    case .done:
      try container.encode(Tag.done, forKey: .kind)
    }
  }

  private enum Tag: String, Codable {
    case downloads
    case challenge
    case shouldDownload
    case done
  }

  private enum CodingKeys: String, CodingKey {
    case kind, downloads, answer, shouldDownload
  }
}

package enum SystemMessage: Codable, Sendable, Equatable {
  case contentRequest(ContentRequest)
  case challenge(Challenge)
  case downloadFailed(DownloadFailed)
  case downloadFinished(DownloadFinished)
  case extensionWillTerminate
  case shouldDownload(assetPack: AssetPackRecord)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .contentRequest:
      self = .contentRequest(try ContentRequest(from: decoder))
    case .challenge:
      self = .challenge(try Challenge(from: decoder))
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
    case .contentRequest(let payload):
      try container.encode(Tag.contentRequest, forKey: .kind)
      try payload.encode(to: encoder)
    case .challenge(let payload):
      try container.encode(Tag.challenge, forKey: .kind)
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
    case contentRequest
    case challenge
    case downloadFailed
    case downloadFinished
    case extensionWillTerminate
    case shouldDownload
  }

  private enum CodingKeys: String, CodingKey {
    case kind, assetPack
  }

  package struct ContentRequest: Codable, Sendable, Equatable {
    package var rawValue: Int
    package var manifestPath: String
    package var extensionInfo: ExtensionInfo

    package init(rawValue: Int, manifestPath: String, extensionInfo: ExtensionInfo) {
      self.rawValue = rawValue
      self.manifestPath = manifestPath
      self.extensionInfo = extensionInfo
    }
  }

  package struct Challenge: Codable, Sendable, Equatable {
    package var challenge: BAMessages.Challenge
    package var download: DownloadRecord

    package init(challenge: BAMessages.Challenge, download: DownloadRecord) {
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
    package var path: String

    package init(download: DownloadRecord, path: String) {
      self.download = download
      self.path = path
    }
  }
}

package struct SystemReply: Codable, Sendable, Equatable {
  package var answer: SystemAnswer
  package var outcome: Outcome
  package var durationMs: Double
  package var file: SettledFile?
  package var reoffered: [ReofferedFile]
  package var notifications: [String]
  package var logs: [LogEntry]
  package var diagnostics: [Diagnostic]

  package init(
    answer: SystemAnswer,
    outcome: Outcome,
    durationMs: Double,
    file: SettledFile?,
    reoffered: [ReofferedFile],
    notifications: [String],
    logs: [LogEntry],
    diagnostics: [Diagnostic]
  ) {
    self.answer = answer
    self.outcome = outcome
    self.durationMs = durationMs
    self.file = file
    self.reoffered = reoffered
    self.notifications = notifications
    self.logs = logs
    self.diagnostics = diagnostics
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(answer, forKey: .answer)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(durationMs, forKey: .durationMs)
    try container.encode(file, forKey: .file)
    try container.encode(reoffered, forKey: .reoffered)
    try container.encode(notifications, forKey: .notifications)
    try container.encode(logs, forKey: .logs)
    try container.encode(diagnostics, forKey: .diagnostics)
  }

  private enum CodingKeys: String, CodingKey {
    case answer, outcome, durationMs, file, reoffered, notifications, logs, diagnostics
  }
}
