import BAMessages
import Foundation
import Testing

@testable import BAPrincipal

/// The wire form of settings, as `src/sdk/property-list.ts` makes it.
@Suite struct ServicesWireFormTests {
  static let pairs: [(PropertyListValue, JSONValue)] = [
    (.string(""), .string("")),
    (.string("$date"), .string("$date")),
    (.boolean(true), .bool(true)),
    (.boolean(false), .bool(false)),
    (.integer(0), .integer(0)),
    (.integer(1), .integer(1)),
    (.integer(-9_007_199_254_740_991), .integer(-9_007_199_254_740_991)),
    (.real(0.25), .number(0.25)),
    (.real(.leastNonzeroMagnitude), .number(.leastNonzeroMagnitude)),
    (.date(Date(timeIntervalSince1970: 0)), .object(["$date": .string("1970-01-01T00:00:00.000Z")])),
    (.data(Data()), .object(["$data": .string("")])),
    (.data(Data([0])), .object(["$data": .string("AA==")])),
    (.data(Data([0, 1])), .object(["$data": .string("AAE=")])),
    (.data(Data([0xFB, 0xFF, 0xFE])), .object(["$data": .string("+//+")])),
    (.array([]), .array([])),
    (.array([.array([.integer(1)]), .dictionary([:])]), .array([.array([.integer(1)]), .object([:])])),
    (.dictionary([:]), .object([:])),
    (.dictionary(["a$": .integer(1), "": .integer(2)]), .object(["a$": .integer(1), "": .integer(2)])),
    (.dictionary(["$": .integer(1)]), .object(["$dictionary": .object(["$": .integer(1)])])),
    (.dictionary(["$date": .string("x")]), .object(["$dictionary": .object(["$date": .string("x")])])),
    (
      .dictionary(["$dictionary": .dictionary(["$data": .data(Data())])]),
      .object([
        "$dictionary": .object([
          "$dictionary": .object(["$dictionary": .object(["$data": .object(["$data": .string("")])])])
        ])
      ])
    ),
  ]

  @Test(arguments: pairs)
  func goesBothWays(_ value: PropertyListValue, _ wire: JSONValue) throws {
    #expect(try value.wireForm() == wire)
    #expect(try PropertyListValue(wireForm: wire) == value)
  }

  @Test func wholeNumbersAreIntegers() throws {
    #expect(try PropertyListValue(wireForm: .number(5)) == .integer(5))
    #expect(try PropertyListValue(wireForm: .number(-0.0)) == .integer(0))
    #expect(try PropertyListValue(wireForm: .number(1e300)) == .real(1e300))
    #expect(try PropertyListValue.real(5).wireForm() == .number(5))
  }

  @Test func aKeyWithADollarOfAnotherTypeIsOfADictionary() throws {
    let wire = JSONValue.object(["$date": .integer(1), "$data": .bool(true), "$dictionary": .string("x")])
    #expect(
      try PropertyListValue(wireForm: wire)
        == .dictionary(["$date": .integer(1), "$data": .boolean(true), "$dictionary": .string("x")]))
  }

  @Test(arguments: ["AAECAw", "AAEC\n\tAw==", "AA EC Aw=", "AAECAw==="])
  func base64IsReadWithLineBreaksAndWithoutPadding(_ text: String) throws {
    #expect(try PropertyListValue(wireForm: .object(["$data": .string(text)])) == .data(Data([0, 1, 2, 3])))
  }

  @Test func bitsAndDigitsTooManyAreLeftOut() throws {
    #expect(try PropertyListValue(wireForm: .object(["$data": .string("AP//A")])) == .data(Data([0, 0xFF, 0xFF])))
    #expect(try PropertyListValue(wireForm: .object(["$data": .string("/f==")])) == .data(Data([0xFD])))
    #expect(try PropertyListValue(wireForm: .object(["$data": .string("A-")])) == .data(Data()))
  }

  @Test func whatJavaScriptHasNoValueForIsRefused() throws {
    let values: [PropertyListValue] = [
      .real(.nan), .real(.infinity), .date(Date(timeIntervalSince1970: 8_640_000_000_000.002)),
      .date(Date(timeIntervalSince1970: .nan)), .array([.real(.nan)]), .dictionary(["a": .integer(.max)]),
    ]
    for value in values {
      #expect { try value.wireForm() } throws: { ($0 as? GuestError)?.code == "BA_SETTING_INVALID" }
    }
    #expect { try PropertyListValue(wireForm: .null) } throws: { ($0 as? GuestError)?.code == "BA_SETTING_INVALID" }
  }

  /// Text, and seconds since 1970. By `new Date(…).toISOString()`.
  static let dates: [(String, Double)] = [
    ("1970-01-01T00:00:00.000Z", 0),
    ("1969-12-31T23:59:59.999Z", -0.001),
    ("2000-02-29T12:34:56.789Z", 951_827_696.789),
    ("2026-11-21T12:00:00.000Z", 1_795_262_400),
    ("2100-03-01T00:00:00.000Z", 4_107_542_400),
    ("9999-12-31T23:59:59.000Z", 253_402_300_799),
    ("+010000-01-01T00:00:00.000Z", 253_402_300_800),
    ("0000-01-01T00:00:00.000Z", -62_167_219_200),
    ("-000001-12-31T23:59:59.000Z", -62_167_219_201),
    ("+275760-09-13T00:00:00.000Z", 8_640_000_000_000),
    ("-271821-04-20T00:00:00.000Z", -8_640_000_000_000),
  ]

  @Test(arguments: dates)
  func datesAreJavaScripts(_ text: String, _ seconds: Double) throws {
    #expect(JavaScriptDate.text(Date(timeIntervalSince1970: seconds)) == text)
    #expect(JavaScriptDate.date(text) == Date(timeIntervalSince1970: seconds))
  }

  @Test func daysOfFourCenturiesComeBack() throws {
    let numbers = Array(stride(from: -73_048, to: 73_049, by: 19)) + Array(-720_000 ..< -718_500)
    let days = numbers.map { Date(timeIntervalSince1970: Double($0) * 86_400) }
    let lost = days.filter { JavaScriptDate.text($0).flatMap(JavaScriptDate.date) != $0 }
    #expect(lost == [])
  }

  @Test(arguments: [
    "", "yesterday", "2026-11-21", "2026-11-21T12:00:00.000", "2026-11-21T12:00:00.000+01:00",
    "2026-13-01T00:00:00.000Z",
    "2026-00-01T00:00:00.000Z", "2026-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-01-00T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01T00:00:00.00Z",
    "2026-01-01T00:00:00.000Z ", "-000000-01-01T00:00:00.000Z", "+275760-09-13T00:00:00.001Z",
    "２０２６-01-01T00:00:00.000Z",
    "+26-01-01T00:00:00.000Z",
  ])
  func whatIsNoDateIsNone(_ text: String) {
    #expect(JavaScriptDate.date(text) == nil)
  }
}
