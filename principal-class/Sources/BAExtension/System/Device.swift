package import BAMessages
package import BAPrincipal

/// What an extension process gets from the system that it runs on, `BADownloadManager` apart.
package struct Device: Sendable {
  package var configuration: ExtensionConfiguration
  /// Absolute path of the app group's container.
  package var container: String
  package var environment: Environment
  package var bundle: BundleRecord
  package var settings: any SettingsStore
  /// Functions of the device. They win over the app's of the same name.
  package var nativeFunctions: [String: NativeFunction]
  /// Posts a Darwin notification.
  package var postNotification: @Sendable (String) -> Void
  /// Milliseconds since 1970.
  package var now: @Sendable () -> Double
  /// What `now` is ahead of the wall clock, in milliseconds.
  package var clockOffset: Double
  /// What handler and principal log. Without a credential in it.
  package var log: @Sendable (LogEntry) -> Void
  /// What the principal observed: with its code and the way out, for whoever reads the log later.
  package var logObservation: @Sendable (Observation) -> Void
  /// As in `PrincipalOptions`.
  package var checkpoint: @Sendable (String) -> Void
  /// Starts the engine and loads the handler; blocks.
  package var launch: @Sendable (GuestConfiguration, GuestHooks) throws(LaunchFailure) -> any Guest

  package init(
    configuration: ExtensionConfiguration,
    container: String,
    environment: Environment,
    bundle: BundleRecord,
    settings: any SettingsStore,
    nativeFunctions: [String: NativeFunction] = [:],
    postNotification: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> Double,
    clockOffset: Double = 0,
    log: @escaping @Sendable (LogEntry) -> Void,
    logObservation: @escaping @Sendable (Observation) -> Void = { _ in },
    checkpoint: @escaping @Sendable (String) -> Void = { _ in },
    launch: @escaping @Sendable (GuestConfiguration, GuestHooks) throws(LaunchFailure) -> any Guest
  ) {
    self.configuration = configuration
    self.container = container
    self.environment = environment
    self.bundle = bundle
    self.settings = settings
    self.nativeFunctions = nativeFunctions
    self.postNotification = postNotification
    self.now = now
    self.clockOffset = clockOffset
    self.log = log
    self.logObservation = logObservation
    self.checkpoint = checkpoint
    self.launch = launch
  }
}

extension Device {
  private static let installed = Locked<(@Sendable () throws(DeviceFailure) -> Device)?>(nil)

  /// The device of this process. May block and touch files: never on the main thread.
  package static func current() throws(DeviceFailure) -> Device {
    guard let make = installed.withLock({ $0 }) else { return try appleDevice(in: .main) }
    return try make()
  }

  /// Puts another device in the place of Apple's; nil gives Apple's back. To be called before the first message.
  package static func install(_ make: (@Sendable () throws(DeviceFailure) -> Device)?) {
    installed.withLock { $0 = make }
  }
}

/// Why there is no device. Then no handler can be called, and Apple's defaults are answered.
package struct DeviceFailure: Error, Equatable {
  /// `BA_…`.
  package let code: String
  package let message: String
  /// The way out.
  package let hint: String

  package init(code: String, message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}
