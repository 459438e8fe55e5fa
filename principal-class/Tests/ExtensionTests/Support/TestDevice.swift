import BAExtension
import BAMessages
import BAPrincipal
import Foundation

/// A device of this process, with a container of its own and a handler of the test, in the place of Apple's.
final class TestDevice: Sendable {
  let container: URL
  private let state = Locked(State())

  private struct State {
    var events: [GuestEvent] = []
    var guests: [PlayedGuest] = []
    var logs: [LogEntry] = []
    var observations: [Observation] = []
    var notifications: [String] = []
  }

  init() throws {
    container = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "ba-extension-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: container, withIntermediateDirectories: true)
  }

  deinit {
    ExtensionPrincipal.shared.shutDown()
    Device.install(nil)
    try? FileManager.default.removeItem(at: container)
  }

  /// What the handler was sent, in that order.
  var events: [GuestEvent] { state.withLock(\.events) }
  /// Engines that were started.
  var guests: [PlayedGuest] { state.withLock(\.guests) }
  var logs: [LogEntry] { state.withLock(\.logs) }
  var observations: [Observation] { state.withLock(\.observations) }
  var notifications: [String] { state.withLock(\.notifications) }

  /// Makes it the device of the process.
  func install(_ configuration: ExtensionConfiguration = .test(), handler: @escaping PlayedGuest.Handler) {
    ExtensionPrincipal.shared.shutDown()
    let device = device(configuration, handler: handler)
    Device.install { () throws(DeviceFailure) -> Device in device }
  }

  func device(
    _ configuration: ExtensionConfiguration = .test(), nativeFunctions: [String: NativeFunction] = [:],
    handler: @escaping PlayedGuest.Handler
  ) -> Device {
    Device(
      configuration: configuration,
      container: container.path(percentEncoded: false),
      environment: Environment(platform: .macOS, osVersion: "26.1", locale: "en-US"),
      bundle: BundleRecord(infoDictionary: [:], appInfoDictionary: [:]),
      settings: NoSettings(),
      nativeFunctions: nativeFunctions,
      postNotification: { [state] name in state.withLock { $0.notifications.append(name) } },
      now: { 1_700_000_000_000 },
      log: { [state] entry in state.withLock { $0.logs.append(entry) } },
      logObservation: { [state] observation in state.withLock { $0.observations.append(observation) } },
      launch: { [state] _, hooks throws(LaunchFailure) in
        let guest = PlayedGuest(hooks: hooks) { event, stage in
          state.withLock { $0.events.append(event) }
          return handler(event, stage)
        }
        state.withLock { $0.guests.append(guest) }
        return guest
      })
  }

  /// A file of the system's, on the volume of the container.
  func file(_ name: String, _ content: String) throws -> URL {
    let folder = container.appending(path: "system")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(content.utf8).write(to: file)
    return file
  }
}

/// Where no handler asks for settings.
private struct NoSettings: SettingsStore {
  func value(forKey key: String) throws(GuestError) -> PropertyListValue? { nil }
  func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError) {}
}

extension ExtensionConfiguration {
  static func test(
    mode: Mode = .unmanaged,
    downloads: Policies.Downloads = .discard,
    didReceiveChallenge: Policies.DidReceiveChallenge = .performDefaultHandling,
    shouldDownload: Bool = true
  ) -> ExtensionConfiguration {
    ExtensionConfiguration(
      mode: mode,
      applicationGroupIdentifier: "group.com.example",
      deadlines: Deadlines(
        load: 5_000, downloads: 20_000, didReceiveChallenge: 10_000, downloadFailed: 20_000, downloadFinished: 20_000,
        extensionWillTerminate: 1_000, shouldDownload: 5_000),
      policies: Policies(
        downloads: downloads, didReceiveChallenge: didReceiveChallenge, shouldDownload: shouldDownload),
      limits: Limits(heapMegabytes: 64))
  }
}
