@testable import BAExtension
import BAPrincipal
import Foundation
import Testing

@Suite struct SystemPropertyListTests {
  /// Every kind of value, and the edges of each.
  private static let values: [PropertyListValue] = [
    .string(""), .string("é \u{1F600} \n"), .string("1"),
    .integer(0), .integer(1), .integer(-1), .integer((1 << 53) - 1), .integer(-((1 << 53) - 1)),
    .real(0.5), .real(-1.25e300), .real(.leastNonzeroMagnitude), .real(3),
    .boolean(true), .boolean(false),
    .date(Date(timeIntervalSince1970: 0)), .date(Date(timeIntervalSince1970: 1_700_000_000)),
    .date(Date(timeIntervalSince1970: -62_000_000_000)),
    .data(Data()), .data(Data([0, 255, 10])),
    .array([]), .array([.boolean(true), .integer(1), .real(1.5), .array([.string("a")])]),
    .dictionary([:]), .dictionary(["$a": .integer(1), "": .dictionary(["b": .boolean(false)])]),
  ]

  @Test(arguments: values, [PropertyListSerialization.PropertyListFormat.xml, .binary])
  func keepItsKindInAFile(_ value: PropertyListValue, format: PropertyListSerialization.PropertyListFormat) throws {
    let data = try PropertyListSerialization.data(
      fromPropertyList: ["value": value.propertyList], format: format, options: 0)
    let list = try PropertyListSerialization.propertyList(from: data, format: nil)
    #expect(try PropertyListValue(propertyList: list) == .dictionary(["value": value]))
  }

  @Test(arguments: values) func keepItsKindInMemory(_ value: PropertyListValue) throws {
    #expect(try PropertyListValue(propertyList: value.propertyList) == value)
  }

  @Test(arguments: [
    ("9007199254740992", "holds a number that JavaScript cannot hold exactly"),
    ("-9007199254740992", "holds a number that JavaScript cannot hold exactly"),
    ("9223372036854775807", "holds a number that JavaScript cannot hold exactly"),
    ("18446744073709551615", "holds a number that JavaScript cannot hold exactly"),
  ])
  func integersThatAreTooLarge(number: String, why: String) throws {
    let text = "<plist version=\"1.0\"><array><integer>\(number)</integer></array></plist>"
    let list = try PropertyListSerialization.propertyList(from: Data(text.utf8), format: nil)
    #expect(throws: UnreadablePropertyList(why: why)) { try PropertyListValue(propertyList: list) }
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan]) func realsThatAreNoNumbers(number: Double) {
    #expect(throws: UnreadablePropertyList(why: "holds a number that JavaScript cannot hold exactly")) {
      try PropertyListValue(propertyList: ["a": number])
    }
  }

  @Test func whatNoPropertyListHas() {
    #expect(throws: UnreadablePropertyList(why: "holds a date that is none")) {
      try PropertyListValue(propertyList: Date(timeIntervalSince1970: .nan))
    }
    #expect(throws: UnreadablePropertyList(why: "holds a value that no property list has")) {
      try PropertyListValue(propertyList: [URL(filePath: "/a")])
    }
  }
}
