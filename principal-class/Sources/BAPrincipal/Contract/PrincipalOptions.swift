package import BAMessages

/// A function that the app registers for `native.call`. It gets the one argument of the call, `null` where there is none.
package typealias NativeFunction = @Sendable (JSONValue) async throws -> JSONValue

/// What a principal works with. The twin of `PrincipalOptions` in `src/principal/options.ts`.
package struct PrincipalOptions: Sendable {
  /// Starts the engine and loads the handler; blocks. Called once in a process, at the first message.
  package var launch: @Sendable (GuestConfiguration, GuestHooks) throws(LaunchFailure) -> any Guest
  /// Absolute path of the app group's container; made when it does not exist.
  package var container: String
  package var configuration: ExtensionConfiguration
  package var system: any SystemServices
  package var settings: any SettingsStore
  /// The functions that the app registered, by name.
  package var nativeFunctions: [String: NativeFunction]
  /// Posts a Darwin notification.
  package var postNotification: @Sendable (String) -> Void
  /// Milliseconds since 1970.
  package var now: @Sendable () -> Double
  /// What handler and principal log, as it happens; without a credential in it.
  package var log: @Sendable (LogEntry) -> Void
  /// Called on the thread of the call when an event is about to be sent to the guest (the callback's name), and on that of
  /// host calls when a file has been moved to its place (`moveTo`). May block; a simulated system strikes there.
  package var checkpoint: @Sendable (String) -> Void

  package init(
    launch: @escaping @Sendable (GuestConfiguration, GuestHooks) throws(LaunchFailure) -> any Guest,
    container: String,
    configuration: ExtensionConfiguration,
    system: any SystemServices,
    settings: any SettingsStore,
    nativeFunctions: [String: NativeFunction] = [:],
    postNotification: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> Double,
    log: @escaping @Sendable (LogEntry) -> Void,
    checkpoint: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.launch = launch
    self.container = container
    self.configuration = configuration
    self.system = system
    self.settings = settings
    self.nativeFunctions = nativeFunctions
    self.postNotification = postNotification
    self.now = now
    self.log = log
    self.checkpoint = checkpoint
  }
}
