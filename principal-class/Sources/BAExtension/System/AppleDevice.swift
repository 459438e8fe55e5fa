internal import BAMessages
internal import BAPrincipal
internal import BARuntime
internal import Foundation
internal import notify

extension Device {
  /// The device as Apple's system has it, with the handler that the extension's bundle carries.
  ///
  /// Throws the code
  /// - `BA_HANDLER_MISSING`, `BA_CONFIGURATION_MISSING` or `BA_CONFIGURATION_INVALID`: the bundle is not complete,
  /// - `BA_APP_GROUP_MISSING`: the process may not use the app group.
  static func appleDevice(in extensionBundle: ExtensionBundle) throws(DeviceFailure) -> Device {
    let handler = try extensionBundle.installedHandler()
    let configuration = handler.configuration
    let group = AppGroup(identifier: configuration.applicationGroupIdentifier)
    let container = try group.container()
    let settings = try group.settings()
    let log = ExtensionLog(container: container)
    return Device(
      configuration: configuration,
      container: container,
      environment: .ofProcess(),
      bundle: extensionBundle.propertyLists(),
      settings: settings,
      postNotification: { name in
        if notify_post(name) == NOTIFY_STATUS_OK { return }
        let message = "The Darwin notification \(JSON.quoted(name)) could not be posted."
        log.write(LogEntry(level: .error, message: message, source: .principal))
      },
      now: { Date.now.timeIntervalSince1970 * 1000 },
      log: { log.write($0) },
      logObservation: { log.write($0) },
      launch: { configuration, hooks throws(LaunchFailure) in
        try RuntimeGuest.launch(handler.runtimeOptions(configuration), hooks: hooks)
      })
  }
}

extension InstalledHandler {
  fileprivate func runtimeOptions(_ guest: GuestConfiguration) -> RuntimeOptions {
    RuntimeOptions(
      bundlePath: path,
      configuration: guest,
      loadDeadline: configuration.deadlines.load,
      heapMegabytes: configuration.limits.heapMegabytes)
  }
}

extension Environment {
  static func ofProcess() -> Environment {
    Environment(
      platform: .ofProcess,
      osVersion: text(ProcessInfo.processInfo.operatingSystemVersion),
      // `Locale.current` knows only languages that the extension's own bundle is localized in, which is seldom any.
      locale: Locale.preferredLanguages.first ?? Locale.current.identifier(.bcp47))
  }

  /// As Apple writes versions: `26.1`, `26.1.2`.
  static func text(_ version: OperatingSystemVersion) -> String {
    let patch = version.patchVersion == 0 ? "" : ".\(version.patchVersion)"
    return "\(version.majorVersion).\(version.minorVersion)\(patch)"
  }
}

extension Platform {
  fileprivate static var ofProcess: Platform {
    #if os(iOS)
    .iOS
    #elseif os(tvOS)
    .tvOS
    #elseif os(visionOS)
    .visionOS
    #else
    .macOS
    #endif
  }
}
