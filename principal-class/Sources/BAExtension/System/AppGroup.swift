internal import BAPrincipal
internal import Foundation

#if canImport(FoundationAppGroups)
internal import FoundationAppGroups
#endif

/// The app group that extension and app share.
struct AppGroup {
  let identifier: String

  /// Absolute path of the container. Throws `BA_APP_GROUP_MISSING`.
  func container() throws(DeviceFailure) -> String {
    guard let url = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: identifier) else {
      throw missing("the system knows no container of it.")
    }
    // macOS names a folder in any case, and refuses what the entitlements do not allow.
    let path = Container(path: url.path(percentEncoded: false)).path
    guard FileManager.default.isWritableFile(atPath: path) else { throw missing("its container cannot be written.") }
    return path
  }

  /// The shared defaults. Throws `BA_APP_GROUP_MISSING`.
  func settings() throws(DeviceFailure) -> SharedDefaults {
    guard let defaults = UserDefaults(suiteName: identifier) else { throw missing("it has no shared defaults.") }
    return SharedDefaults(defaults)
  }

  private func missing(_ why: String) -> DeviceFailure {
    DeviceFailure(
      code: "BA_APP_GROUP_MISSING",
      message: "The app group \"\(identifier)\" cannot be used: \(why)",
      hint: """
        Name the group in `applicationGroupIdentifier` of ba.config.ts and in the entitlement \
        com.apple.security.application-groups of both the app and the extension.
        """)
  }
}
