import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesSettingsTests {
  let host: ServicesFixture

  init() throws {
    host = try ServicesFixture()
  }

  private func call(_ name: String, _ args: [String: JSONValue]) async -> HostReply {
    let event = host.openTermination()
    let reply = await host.call(name, args)
    _ = await host.close(event)
    return reply
  }

  private func set(_ value: JSONValue, key: String = "k") async -> HostReply {
    await call("settings.set", ["key": .string(key), "value": value])
  }

  @Test func nullRemovesAKey() async throws {
    #expect(await set(.bool(false)).code == nil)
    #expect(await call("settings.get", ["key": .string("k")]) == .success(value: .bool(false)))
    #expect(await set(.null) == .success(value: .null))
    #expect(await call("settings.get", ["key": .string("k")]) == .success(value: .null))
  }

  @Test func whatAStoreHoldsAndJavaScriptDoesNotIsTold() async throws {
    for value in [PropertyListValue.real(.nan), .real(-.infinity), .integer(1 << 53), .date(Date.distantPast * 1e9)] {
      try host.settings.setValue(.array([value]), forKey: "k")
      #expect(await call("settings.get", ["key": .string("k")]).code == "BA_SETTING_INVALID")
    }
  }

  static let unstorable: [(JSONValue, String)] = [
    (.integer(1 << 53), "A whole number in a setting must be within ±(2^53 − 1), so that it stays exact."),
    (.integer(-(1 << 53)), "A whole number in a setting must be within ±(2^53 − 1), so that it stays exact."),
    (.number(1e300), "A whole number in a setting must be within ±(2^53 − 1), so that it stays exact."),
    (.number(.infinity), "A whole number in a setting must be within ±(2^53 − 1), so that it stays exact."),
    (.object(["$date": .string("2026-02-29T00:00:00.000Z")]), "A date in a setting must be one."),
    (.string("a\u{0}"), "A text in a setting holds a control character or half a character, which XML cannot hold."),
    (.string("\u{FFFE}"), "A text in a setting holds a control character or half a character, which XML cannot hold."),
    (
      .object(["\u{1B}": .integer(1)]),
      "A text in a setting holds a control character or half a character, which XML cannot hold."
    ),
    (.object(["__proto__": .integer(1)]), "A setting cannot have the key \"__proto__\"."),
  ]

  @Test(arguments: unstorable)
  func whatXMLCannotHoldIsRefused(_ value: JSONValue, _ message: String) async throws {
    let refusal = GuestError(
      code: "BA_SETTING_INVALID", message: message, hint: "Take settings.setJson(), which stores any JSON.")
    for value in [value, .array([value]), .object(["$dictionary": .object(["$a": value])])] {
      #expect(await set(value) == .failure(error: refusal))
    }
    #expect(try host.settings.value(forKey: "k") == nil)
  }

  @Test(arguments: ["a\tb\r\n", "\u{20}\u{7F}\u{85}\u{2028}", "\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}"])
  func otherTextsAreStored(_ text: String) async throws {
    #expect(await set(.string(text), key: text).code == nil)
    #expect(await call("settings.get", ["key": .string(text)]) == .success(value: .string(text)))
  }

  @Test func nullInsideIsNoValue() async throws {
    let refusal = GuestError(code: "BA_HOST_CALL_INVALID", message: "settings.set: `value` is wrong: Invalid input.")
    for value in [.array([.null]), .object(["a": .object(["b": .null])])] as [JSONValue] {
      #expect(await set(value) == .failure(error: refusal))
    }
    #expect(await call("settings.set", ["key": .string("k")]) == .failure(error: refusal))
  }

  @Test func jsonIsStoredAsData() async throws {
    let json = "\u{FEFF}{\"a\":\"\u{1}\u{2028}\"}"
    #expect(await call("settings.setJson", ["key": .string("k"), "json": .string(json)]) == .success(value: .null))
    #expect(try host.settings.value(forKey: "k") == .data(Data(json.utf8)))
    #expect(await call("settings.getJson", ["key": .string("k")]) == .success(value: .string(json)))
    #expect(await call("settings.getJson", ["key": .string("other")]) == .success(value: .null))
    let refusal = GuestError(
      code: "BA_SETTING_NOT_JSON", message: "The setting \"k\" does not hold the data of a JSON text.",
      hint: "settings.get() reads settings of any kind.")
    for value in [PropertyListValue.string("{}"), .data(Data([0xFF]))] {
      try host.settings.setValue(value, forKey: "k")
      #expect(await call("settings.getJson", ["key": .string("k")]) == .failure(error: refusal))
    }
    let invalid = await call("settings.setJson", ["key": .string("__proto__"), "json": .string("1")])
    #expect(invalid.code == "BA_SETTING_INVALID")
  }
}

private func * (date: Date, factor: Double) -> Date {
  Date(timeIntervalSince1970: date.timeIntervalSince1970 * factor)
}
