import BAMessages
import BAPrincipal
import BASimulatedSystem
import Foundation
import PrincipalTestSupport

/// A vector after its message was answered, with everything as JSON.
struct PlayedVector: Sendable {
  let events: [JSONValue]
  let hostReplies: [JSONValue]
  let systemCalls: [JSONValue]
  let unplayed: Int
  let unanswered: Int
  /// As `systemReply` of `src/protocol/system.ts`.
  let reply: JSONValue

  init(_ vector: Vector, root: String) {
    let system = ScriptedSystem(vector.system)
    let record = ScriptedGuest.Record()
    let logs = Locked<[LogEntry]>([])
    let options = PrincipalOptions(
      launch: { _, hooks throws(LaunchFailure) in try ScriptedGuest.launch(vector.guest, hooks, record) },
      container: root + "/container",
      configuration: configuration(of: vector),
      system: system,
      settings: FileSettings(container: root + "/container", applicationGroupIdentifier: "group.example"),
      nativeFunctions: (vector.nativeFunctions ?? [:]).mapValues(scriptedFunction),
      postNotification: { _ in },
      now: { 1_700_000_000_000 },
      log: { entry in logs.withLock { $0.append(entry) } })
    let environment = Environment(platform: .macOS, osVersion: "26.1", locale: "en-US")
    let bundle = BundleRecord(infoDictionary: [:], appInfoDictionary: [:])
    let principal = Principal(options: options, environment: environment, bundle: bundle)

    let given = principal.handle(vector.message)
    principal.shutDown()

    events = record.events.map(json)
    hostReplies = record.hostReplies.map { $0.map(json) ?? .null }
    systemCalls = system.calls
    unplayed = ScriptedGuest.unplayed(vector.guest, record)
    unanswered = system.unanswered
    reply = json(systemReply(given, logs: logs.withLock { $0 }))
  }
}

/// As the simulated system shows it: errors are not mapped to source files.
private func systemReply(_ reply: PrincipalReply, logs: [LogEntry]) -> SystemReply {
  let diagnostics = reply.observations.map { observation in
    Diagnostic(
      code: observation.error.code,
      severity: Diagnostic.Severity(rawValue: observation.severity.rawValue) ?? .error,
      message: observation.error.message,
      hint: observation.error.hint,
      location: nil)
  }
  return SystemReply(
    answer: reply.answer, outcome: reply.outcome, durationMs: reply.durationMs, file: reply.file,
    reoffered: reply.reoffered, notifications: reply.notifications, logs: logs, diagnostics: diagnostics)
}

private func configuration(of vector: Vector) -> ExtensionConfiguration {
  ExtensionConfiguration(
    mode: vector.mode ?? .unmanaged,
    applicationGroupIdentifier: "group.example",
    deadlines: ExtensionConfiguration.Deadlines(
      load: 5_000, downloads: 20_000, didReceiveChallenge: 10_000, downloadFailed: 20_000, downloadFinished: 20_000,
      extensionWillTerminate: 1_000, shouldDownload: 5_000),
    policies: ExtensionConfiguration.Policies(
      downloads: vector.policies?.downloads ?? .discard,
      didReceiveChallenge: vector.policies?.didReceiveChallenge ?? .performDefaultHandling,
      shouldDownload: vector.policies?.shouldDownload ?? true),
    limits: ExtensionConfiguration.Limits(heapMegabytes: 64))
}

private func scriptedFunction(_ script: JSONValue) -> NativeFunction {
  { argument in
    if let message = script["throws"]?.string { throw NativeFunctionError(message: message) }
    return script["echoes"] == nil ? script["returns"] ?? .null : argument
  }
}

func temporaryFolder() throws -> String {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("ba-vector-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url.resolvingSymlinksInPath().path
}
