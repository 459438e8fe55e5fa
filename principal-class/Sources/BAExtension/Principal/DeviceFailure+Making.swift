internal import BAMessages

// Why no principal is made of a device that there is.
extension DeviceFailure {
  static var slowDevice: DeviceFailure {
    DeviceFailure(
      code: "BA_DEVICE_DEADLINE",
      message: "The system did not give the container of the app group in time; its own default was answered.",
      hint: "The next call tries again.")
  }

  static func otherMode(_ configured: Mode, _ adopted: Mode) -> DeviceFailure {
    DeviceFailure(
      code: "BA_MODE_MISMATCH",
      message: """
        The handler was built for the mode "\(configured.rawValue)", but the extension adopts \(adopted.protocolName).
        """,
      hint: """
        Adopt \(configured.protocolName), or set `mode: "\(adopted.rawValue)"` in ba.config.ts and build again.
        """)
  }
}

extension Mode {
  fileprivate var protocolName: String {
    switch self {
    case .unmanaged: "JSDownloaderExtension"
    case .managed: "JSManagedDownloaderExtension"
    case .store: "JSStoreDownloaderExtension"
    }
  }
}
