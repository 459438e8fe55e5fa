import Dispatch
import Foundation

@testable import BAMessages
@testable import BAPrincipal

/// Host services over a container in a fresh temporary folder.
final class ServicesFixture: Sendable {
  let root: String
  let container: Container
  let calls: HostCalls
  let system: ServicesSystem
  let settings = MemorySettings()
  let checkpoints = Locked<[String]>([])
  let posted = Locked<[String]>([])
  let log = Locked<[String]>([])

  init(
    system: ServicesSystem = ServicesSystem(), nativeFunctions: [String: NativeFunction] = [:],
    checkpoint: (@Sendable (String) -> Void)? = nil
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ba-services-\(UUID().uuidString)")
    let root = folder.resolvingSymlinksInPath().path
    let container = Container(path: root + "/container")
    try FileManager.default.createDirectory(atPath: container.path, withIntermediateDirectories: true)
    let (checkpoints, posted, log) = (checkpoints, posted, log)
    let options = PrincipalOptions(
      launch: { _, _ throws(LaunchFailure) in throw LaunchFailure(code: "BA_TEST", message: "No guest here.") },
      container: container.path,
      configuration: Self.configuration,
      system: system,
      settings: settings,
      nativeFunctions: nativeFunctions,
      postNotification: { name in posted.withLock { $0.append(name) } },
      now: { 1_700_000_000_000 },
      log: { entry in log.withLock { $0.append(entry.message) } },
      checkpoint: checkpoint ?? { place in checkpoints.withLock { $0.append(place) } })
    self.root = root
    self.container = container
    self.system = system
    calls = HostCalls(options: options, container: container)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  private static let configuration = ExtensionConfiguration(
    mode: .unmanaged,
    applicationGroupIdentifier: "group.example",
    deadlines: ExtensionConfiguration.Deadlines(
      load: 1, downloads: 1, didReceiveChallenge: 1, downloadFailed: 1, downloadFinished: 1, extensionWillTerminate: 1,
      shouldDownload: 1),
    policies: ExtensionConfiguration.Policies(
      downloads: .discard, didReceiveChallenge: .performDefaultHandling, shouldDownload: true),
    limits: ExtensionConfiguration.Limits(heapMegabytes: 64))

  // MARK: Events

  /// The file of a finished download, in staging, and its open event.
  func openFinished(_ identifier: String = "a", content: Data = Data("content".utf8)) throws -> OpenEvent {
    let path = root + "/finished-\(identifier)"
    try content.write(to: URL(fileURLWithPath: path))
    let taken = try container.takeOver(Self.download(identifier), from: path, now: 1_700_000_000_000)
    guard case .staged(let file) = taken else { throw LaunchFailure(code: "BA_TEST", message: "\(taken)") }
    return calls.open(Container.finishedEvent(file), file: file)
  }

  func openTermination() -> OpenEvent {
    calls.open(.extensionWillTerminate, file: nil)
  }

  func openChallenge() -> OpenEvent {
    let space = Challenge.ProtectionSpace(
      host: "assets.example.com", port: 443, protocol: "https", realm: nil, method: .httpBasic, rawMethod: "basic",
      isProxy: false, receivesCredentialSecurely: true)
    let challenge = Challenge(protectionSpace: space, previousFailureCount: 0)
    return calls.open(.didReceiveChallenge(.init(challenge: challenge, download: Self.download("c"))), file: nil)
  }

  func openDownloads(manifest: String = "[]") throws -> OpenEvent {
    let path = root + "/manifest.json"
    try Data(manifest.utf8).write(to: URL(fileURLWithPath: path))
    let event = GuestEvent.Downloads(
      contentRequest: .install, contentRequestRawValue: 1, essentialAllowed: true,
      manifest: MappedFile(path: path, size: manifest.utf8.count, token: "manifest"),
      info: ExtensionInfo(restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: nil))
    return calls.open(.downloads(event), file: nil)
  }

  /// Waits on a thread of its own, as the system's call does.
  func close(
    _ event: OpenEvent, within limit: Int = 60_000
  ) async -> (claim: Claim?, kept: Bool, notifications: [String]) {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: self.calls.close(event, within: limit)) }
    }
  }

  static func download(_ identifier: String) -> DownloadRecord {
    DownloadRecord(
      kind: .url, identifier: identifier, uniqueIdentifier: "unique-\(identifier)", essential: false,
      priority: .default, state: .finished)
  }

  // MARK: Calls

  /// Starts a call. Calls that are started one after another on one thread arrive in this order.
  func start(_ name: String, _ args: [String: JSONValue] = [:]) -> StartedServiceCall {
    let started = StartedServiceCall()
    calls.answer(HostCall(name: name, args: args)) { started.complete($0) }
    return started
  }

  func call(_ name: String, _ args: [String: JSONValue] = [:]) async -> HostReply {
    await start(name, args).reply
  }

  func acquire(before: JSONValue? = nil) -> StartedServiceCall {
    start("downloadManager.acquireExclusiveControl", before.map { ["before": $0] } ?? [:])
  }

  func release() async -> HostReply {
    await call("downloadManager.releaseExclusiveControl")
  }

  /// All that could start has started, when this returns.
  func settle() async {
    _ = await call("storage.stat", ["path": .string("nothing")])
  }

  /// Waits until the loop has taken the end of the last event.
  func waitForTheEnd() async {
    while await call("storage.stat", ["path": .string("nothing")]).code != "BA_EVENT_ENDED" {}
  }

  // MARK: Files

  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: container.path + "/" + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(of path: String) -> String? {
    FileManager.default.contents(atPath: container.path + "/" + path).map { String(decoding: $0, as: UTF8.self) }
  }
}
