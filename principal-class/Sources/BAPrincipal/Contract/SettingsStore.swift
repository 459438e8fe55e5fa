package import BAMessages
package import Foundation

/// The shared defaults of the app group. Throws a `GuestError` (`BA_SETTING_…`) for what cannot be read or stored.
package protocol SettingsStore: Sendable {
  /// Nil where the key has no value.
  func value(forKey key: String) throws(GuestError) -> PropertyListValue?
  /// Nil removes the key. Writes of one process come one after another.
  func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError)
}

/// A value that a property list can hold.
package enum PropertyListValue: Sendable, Equatable {
  case string(String)
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  case date(Date)
  case data(Data)
  case array([PropertyListValue])
  case dictionary([String: PropertyListValue])
}
