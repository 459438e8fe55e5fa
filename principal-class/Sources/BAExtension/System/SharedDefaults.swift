internal import BAMessages
internal import BAPrincipal
internal import Foundation

/// The shared defaults of the app group, as the app has them in `UserDefaults(suiteName:)`: keys that only the global
/// domain has show through.
///
/// Unchecked: `UserDefaults` is documented as thread-safe, and not declared so everywhere.
final class SharedDefaults: SettingsStore, @unchecked Sendable {
  private let defaults: UserDefaults

  init(_ defaults: UserDefaults) {
    self.defaults = defaults
  }

  func value(forKey key: String) throws(GuestError) -> PropertyListValue? {
    guard let value = defaults.object(forKey: key) else { return nil }
    do throws(UnreadablePropertyList) {
      return try PropertyListValue(propertyList: value)
    } catch {
      throw GuestError(
        code: "BA_SETTINGS_UNREADABLE",
        message: "The shared defaults cannot be read: the setting \(JSON.quoted(key)) \(error.why).",
        hint: "Store another value there, or take settings.remove().")
    }
  }

  func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError) {
    if let value {
      defaults.set(value.propertyList, forKey: key)
    } else {
      defaults.removeObject(forKey: key)
    }
    // The process may end with the reply, before what was set has left it.
    defaults.synchronize()
  }
}
