// Made by `npm run generate` from src/protocol/extension.ts, which says what each field means.

package struct ExtensionConfiguration: Codable, Sendable, Equatable {
  package var mode: Mode
  package var applicationGroupIdentifier: String
  package var deadlines: Deadlines
  package var policies: Policies
  package var limits: Limits

  package init(
    mode: Mode,
    applicationGroupIdentifier: String,
    deadlines: Deadlines,
    policies: Policies,
    limits: Limits
  ) {
    self.mode = mode
    self.applicationGroupIdentifier = applicationGroupIdentifier
    self.deadlines = deadlines
    self.policies = policies
    self.limits = limits
  }

  package struct Deadlines: Codable, Sendable, Equatable {
    package var load: Int
    package var downloads: Int
    package var didReceiveChallenge: Int
    package var downloadFailed: Int
    package var downloadFinished: Int
    package var extensionWillTerminate: Int
    package var shouldDownload: Int

    package init(
      load: Int,
      downloads: Int,
      didReceiveChallenge: Int,
      downloadFailed: Int,
      downloadFinished: Int,
      extensionWillTerminate: Int,
      shouldDownload: Int
    ) {
      self.load = load
      self.downloads = downloads
      self.didReceiveChallenge = didReceiveChallenge
      self.downloadFailed = downloadFailed
      self.downloadFinished = downloadFinished
      self.extensionWillTerminate = extensionWillTerminate
      self.shouldDownload = shouldDownload
    }
  }

  package struct Policies: Codable, Sendable, Equatable {
    package var downloads: Downloads
    package var didReceiveChallenge: DidReceiveChallenge
    package var shouldDownload: Bool

    package init(downloads: Downloads, didReceiveChallenge: DidReceiveChallenge, shouldDownload: Bool) {
      self.downloads = downloads
      self.didReceiveChallenge = didReceiveChallenge
      self.shouldDownload = shouldDownload
    }

    package enum Downloads: String, Codable, Sendable, CaseIterable {
      case discard
      case keep
    }

    package enum DidReceiveChallenge: String, Codable, Sendable, CaseIterable {
      case performDefaultHandling
      case cancelChallenge
      case rejectProtectionSpace
    }
  }

  package struct Limits: Codable, Sendable, Equatable {
    package var heapMegabytes: Int

    package init(heapMegabytes: Int) {
      self.heapMegabytes = heapMegabytes
    }
  }
}

package enum ExtensionChildFrame: Codable, Sendable, Equatable {
  case hello(Hello)
  case launched
  case reply(Reply)
  case systemCall(SystemCall)
  case log(entry: LogEntry)
  case checkpoint(Checkpoint)
  case pong(id: Int)
  case protocolError(ProtocolError)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .hello:
      self = .hello(try Hello(from: decoder))
    case .launched:
      self = .launched
    case .reply:
      self = .reply(try Reply(from: decoder))
    case .systemCall:
      self = .systemCall(try SystemCall(from: decoder))
    case .log:
      self = .log(entry: try container.decode(LogEntry.self, forKey: .entry))
    case .checkpoint:
      self = .checkpoint(try Checkpoint(from: decoder))
    case .pong:
      self = .pong(id: try container.decode(Int.self, forKey: .id))
    case .protocolError:
      self = .protocolError(try ProtocolError(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .hello(let payload):
      try container.encode(Tag.hello, forKey: .kind)
      try payload.encode(to: encoder)
    case .launched:
      try container.encode(Tag.launched, forKey: .kind)
    case .reply(let payload):
      try container.encode(Tag.reply, forKey: .kind)
      try payload.encode(to: encoder)
    case .systemCall(let payload):
      try container.encode(Tag.systemCall, forKey: .kind)
      try payload.encode(to: encoder)
    case .log(let entry):
      try container.encode(Tag.log, forKey: .kind)
      try container.encode(entry, forKey: .entry)
    case .checkpoint(let payload):
      try container.encode(Tag.checkpoint, forKey: .kind)
      try payload.encode(to: encoder)
    case .pong(let id):
      try container.encode(Tag.pong, forKey: .kind)
      try container.encode(id, forKey: .id)
    case .protocolError(let payload):
      try container.encode(Tag.protocolError, forKey: .kind)
      try payload.encode(to: encoder)
    }
  }

  private enum Tag: String, Codable {
    case hello
    case launched
    case reply
    case systemCall
    case log
    case checkpoint
    case pong
    case protocolError
  }

  private enum CodingKeys: String, CodingKey {
    case kind, entry, id
  }

  package struct Hello: Codable, Sendable, Equatable {
    package var `protocol`: Int
    package var host: String
    package var engine: Engine
    package var engineVersion: String
    package var pid: Int

    package init(protocol: Int, host: String, engine: Engine, engineVersion: String, pid: Int) {
      self.protocol = `protocol`
      self.host = host
      self.engine = engine
      self.engineVersion = engineVersion
      self.pid = pid
    }

    package enum Engine: String, Codable, Sendable, CaseIterable {
      case node
      case jsc
    }
  }

  package struct Reply: Codable, Sendable, Equatable {
    package var id: Int
    package var reply: ExtensionReply

    package init(id: Int, reply: ExtensionReply) {
      self.id = id
      self.reply = reply
    }
  }

  package struct SystemCall: Codable, Sendable, Equatable {
    package var id: Int
    package var call: BAMessages.SystemCall

    package init(id: Int, call: BAMessages.SystemCall) {
      self.id = id
      self.call = call
    }
  }

  package struct Checkpoint: Codable, Sendable, Equatable {
    package var id: Int
    package var place: String

    package init(id: Int, place: String) {
      self.id = id
      self.place = place
    }
  }

  package struct ProtocolError: Codable, Sendable, Equatable {
    package var code: Code
    package var message: String

    package init(code: Code, message: String) {
      self.code = code
      self.message = message
    }

    package enum Code: String, Codable, Sendable, CaseIterable {
      case protocolUnknownKind = "BA_PROTOCOL_UNKNOWN_KIND"
      case protocolInvalidFrame = "BA_PROTOCOL_INVALID_FRAME"
    }
  }
}

package enum ExtensionParentFrame: Codable, Sendable, Equatable {
  case launch(Launch)
  case message(Message)
  case systemResult(SystemResult)
  case proceed(id: Int)
  case ping(id: Int)
  case stop

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .kind) {
    case .launch:
      self = .launch(try Launch(from: decoder))
    case .message:
      self = .message(try Message(from: decoder))
    case .systemResult:
      self = .systemResult(try SystemResult(from: decoder))
    case .proceed:
      self = .proceed(id: try container.decode(Int.self, forKey: .id))
    case .ping:
      self = .ping(id: try container.decode(Int.self, forKey: .id))
    case .stop:
      self = .stop
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .launch(let payload):
      try container.encode(Tag.launch, forKey: .kind)
      try payload.encode(to: encoder)
    case .message(let payload):
      try container.encode(Tag.message, forKey: .kind)
      try payload.encode(to: encoder)
    case .systemResult(let payload):
      try container.encode(Tag.systemResult, forKey: .kind)
      try payload.encode(to: encoder)
    case .proceed(let id):
      try container.encode(Tag.proceed, forKey: .kind)
      try container.encode(id, forKey: .id)
    case .ping(let id):
      try container.encode(Tag.ping, forKey: .kind)
      try container.encode(id, forKey: .id)
    case .stop:
      try container.encode(Tag.stop, forKey: .kind)
    }
  }

  private enum Tag: String, Codable {
    case launch
    case message
    case systemResult
    case proceed
    case ping
    case stop
  }

  private enum CodingKeys: String, CodingKey {
    case kind, id
  }

  package struct Launch: Codable, Sendable, Equatable {
    package var bundlePath: String
    package var configuration: ExtensionConfiguration
    package var device: SimulatedDevice
    package var checkpoints: Bool

    package init(
      bundlePath: String,
      configuration: ExtensionConfiguration,
      device: SimulatedDevice,
      checkpoints: Bool
    ) {
      self.bundlePath = bundlePath
      self.configuration = configuration
      self.device = device
      self.checkpoints = checkpoints
    }
  }

  package struct Message: Codable, Sendable, Equatable {
    package var id: Int
    package var message: SystemMessage

    package init(id: Int, message: SystemMessage) {
      self.id = id
      self.message = message
    }
  }

  package struct SystemResult: Codable, Sendable, Equatable {
    package var id: Int
    package var value: JSONValue?
    package var error: DownloadError?

    package init(id: Int, value: JSONValue? = nil, error: DownloadError?) {
      self.id = id
      self.value = value
      self.error = error
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encodeIfPresent(value, forKey: .value)
      try container.encode(error, forKey: .error)
    }

    private enum CodingKeys: String, CodingKey {
      case id, value, error
    }
  }
}

package struct ExtensionReply: Codable, Sendable, Equatable {
  package var answer: SystemAnswer
  package var outcome: Outcome
  package var durationMs: Double
  package var file: SettledFile?
  package var reoffered: [ReofferedFile]
  package var notifications: [String]
  package var observations: [Observation]

  package init(
    answer: SystemAnswer,
    outcome: Outcome,
    durationMs: Double,
    file: SettledFile?,
    reoffered: [ReofferedFile],
    notifications: [String],
    observations: [Observation]
  ) {
    self.answer = answer
    self.outcome = outcome
    self.durationMs = durationMs
    self.file = file
    self.reoffered = reoffered
    self.notifications = notifications
    self.observations = observations
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(answer, forKey: .answer)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(durationMs, forKey: .durationMs)
    try container.encode(file, forKey: .file)
    try container.encode(reoffered, forKey: .reoffered)
    try container.encode(notifications, forKey: .notifications)
    try container.encode(observations, forKey: .observations)
  }

  private enum CodingKeys: String, CodingKey {
    case answer, outcome, durationMs, file, reoffered, notifications, observations
  }
}

package struct Observation: Codable, Sendable, Equatable {
  package var error: GuestError
  package var callback: String
  package var severity: Severity

  package init(error: GuestError, callback: String, severity: Severity) {
    self.error = error
    self.callback = callback
    self.severity = severity
  }

  package enum Severity: String, Codable, Sendable, CaseIterable {
    case error
    case warning
    case info
  }
}

package struct SimulatedDevice: Codable, Sendable, Equatable {
  package var container: String
  package var environment: Environment
  package var bundle: BundleRecord
  package var clockOffset: Double
  package var nativeFunctions: [String]

  package init(
    container: String,
    environment: Environment,
    bundle: BundleRecord,
    clockOffset: Double,
    nativeFunctions: [String]
  ) {
    self.container = container
    self.environment = environment
    self.bundle = bundle
    self.clockOffset = clockOffset
    self.nativeFunctions = nativeFunctions
  }
}

package enum SystemCall: Codable, Sendable, Equatable {
  case schedule(Schedule)
  case startForegroundDownload(uniqueIdentifier: String)
  case cancel(uniqueIdentifier: String)
  case currentDownloads
  case acquireExclusiveControl(before: Double?)
  case releaseExclusiveControl
  case nativeCall(NativeCall)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Tag.self, forKey: .name) {
    case .schedule:
      self = .schedule(try Schedule(from: decoder))
    case .startForegroundDownload:
      self = .startForegroundDownload(uniqueIdentifier: try container.decode(String.self, forKey: .uniqueIdentifier))
    case .cancel:
      self = .cancel(uniqueIdentifier: try container.decode(String.self, forKey: .uniqueIdentifier))
    case .currentDownloads:
      self = .currentDownloads
    case .acquireExclusiveControl:
      self = .acquireExclusiveControl(before: try container.decodeIfPresent(Double.self, forKey: .before))
    case .releaseExclusiveControl:
      self = .releaseExclusiveControl
    case .nativeCall:
      self = .nativeCall(try NativeCall(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .schedule(let payload):
      try container.encode(Tag.schedule, forKey: .name)
      try payload.encode(to: encoder)
    case .startForegroundDownload(let uniqueIdentifier):
      try container.encode(Tag.startForegroundDownload, forKey: .name)
      try container.encode(uniqueIdentifier, forKey: .uniqueIdentifier)
    case .cancel(let uniqueIdentifier):
      try container.encode(Tag.cancel, forKey: .name)
      try container.encode(uniqueIdentifier, forKey: .uniqueIdentifier)
    case .currentDownloads:
      try container.encode(Tag.currentDownloads, forKey: .name)
    case .acquireExclusiveControl(let before):
      try container.encode(Tag.acquireExclusiveControl, forKey: .name)
      try container.encode(before, forKey: .before)
    case .releaseExclusiveControl:
      try container.encode(Tag.releaseExclusiveControl, forKey: .name)
    case .nativeCall(let payload):
      try container.encode(Tag.nativeCall, forKey: .name)
      try payload.encode(to: encoder)
    }
  }

  private enum Tag: String, Codable {
    case schedule
    case startForegroundDownload
    case cancel
    case currentDownloads
    case acquireExclusiveControl
    case releaseExclusiveControl
    case nativeCall
  }

  private enum CodingKeys: String, CodingKey {
    case name, uniqueIdentifier, before
  }

  package struct Schedule: Codable, Sendable, Equatable {
    package var download: URLDownload
    package var uniqueIdentifier: String

    package init(download: URLDownload, uniqueIdentifier: String) {
      self.download = download
      self.uniqueIdentifier = uniqueIdentifier
    }
  }

  package struct NativeCall: Codable, Sendable, Equatable {
    package var `function`: String
    package var args: JSONValue

    package init(function: String, args: JSONValue) {
      self.function = `function`
      self.args = args
    }
  }
}
