@testable import BAExtension
import BAMessages
import BAPrincipal
import Foundation
import Testing

/// A suite of shared defaults for one test.
@Suite final class SystemSharedDefaultsTests {
  private let suite = "ba-extension-test-\(UUID().uuidString)"
  private let defaults: UserDefaults
  private let settings: SharedDefaults

  init() throws {
    defaults = try #require(UserDefaults(suiteName: suite))
    settings = SharedDefaults(defaults)
  }

  deinit {
    defaults.removePersistentDomain(forName: suite)
    defaults.synchronize()
  }

  private let values: [String: PropertyListValue] = [
    "string": .string("é"), "integer": .integer((1 << 53) - 1), "one": .integer(1), "real": .real(0.25),
    "yes": .boolean(true), "no": .boolean(false), "date": .date(Date(timeIntervalSince1970: 1_700_000_000)),
    "data": .data(Data([0, 255])), "array": .array([.integer(1), .boolean(true), .string("a")]),
    "dictionary": .dictionary(["a": .array([]), "b": .real(1.5)]),
  ]

  @Test func everyKindOfValue() throws {
    for (key, value) in values { try settings.setValue(value, forKey: key) }
    for (key, value) in values { #expect(try settings.value(forKey: key) == value, "\(key)") }
  }

  @Test func whatTheAppSetsIsSeenAndWhatIsSetIsSeenByTheApp() throws {
    let app = try #require(UserDefaults(suiteName: suite))
    app.set(Data(#"{"a":1}"#.utf8), forKey: "codable")
    app.set(true, forKey: "yes")
    app.synchronize()
    let other = SharedDefaults(try #require(UserDefaults(suiteName: suite)))
    #expect(try other.value(forKey: "codable") == .data(Data(#"{"a":1}"#.utf8)))
    #expect(try other.value(forKey: "yes") == .boolean(true))
    try other.setValue(.integer(7), forKey: "level")
    #expect(try #require(UserDefaults(suiteName: suite)).integer(forKey: "level") == 7)
  }

  @Test func noValue() throws {
    #expect(try settings.value(forKey: "nothing") == nil)
    try settings.setValue(.integer(1), forKey: "a")
    try settings.setValue(nil, forKey: "a")
    try settings.setValue(nil, forKey: "nothing")
    #expect(try settings.value(forKey: "a") == nil)
  }

  @Test func aValueThatJavaScriptHasNot() throws {
    defaults.set(Int.max, forKey: "huge")
    let error = #expect(throws: GuestError.self) { try self.settings.value(forKey: "huge") }
    #expect(error?.code == "BA_SETTINGS_UNREADABLE")
    #expect(error?.message.hasPrefix("The shared defaults cannot be read: the setting \"huge\" holds a number") == true)
  }
}
