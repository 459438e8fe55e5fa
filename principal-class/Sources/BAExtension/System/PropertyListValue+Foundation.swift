package import BAPrincipal
internal import Foundation

extension PropertyListValue {
  /// A value as Foundation has it: of `UserDefaults`, or of `PropertyListSerialization`.
  package init(propertyList value: Any) throws(UnreadablePropertyList) {
    if let value = value as? String {
      self = .string(value)
    } else if let value = value as? NSNumber {
      // First of the numbers: on Apple's systems any of them is also a `Bool` when it is 0 or 1.
      self = try PropertyListValue(value)
    } else if let value = value as? Date {
      guard value.timeIntervalSince1970.isFinite else { throw UnreadablePropertyList(why: "holds a date that is none") }
      self = .date(value)
    } else if let value = value as? Data {
      self = .data(value)
    } else if let values = value as? [Any] {
      var array: [PropertyListValue] = []
      for value in values { array.append(try PropertyListValue(propertyList: value)) }
      self = .array(array)
    } else if let values = value as? [String: Any] {
      var dictionary: [String: PropertyListValue] = [:]
      for (key, value) in values { dictionary[key] = try PropertyListValue(propertyList: value) }
      self = .dictionary(dictionary)
    } else {
      throw UnreadablePropertyList(why: "holds a value that no property list has")
    }
  }

  private init(_ number: NSNumber) throws(UnreadablePropertyList) {
    switch String(cString: number.objCType) {
    // Booleans have the type of a C `char`, or of a `_Bool`. Property lists bring no other number of that size.
    case "c", "B":
      self = .boolean(number.boolValue)
    case "f", "d":
      guard number.doubleValue.isFinite else { throw .inexact }
      self = .real(number.doubleValue)
    default:
      let value = number.int64Value
      // Above 2^63 it comes out negative, or as another number.
      guard abs(number.doubleValue) < 0x1p53, abs(Double(value)) < 0x1p53 else { throw .inexact }
      self = .integer(Int(value))
    }
  }

  /// The same as Foundation has it.
  package var propertyList: Any {
    switch self {
    case .string(let value): value
    case .integer(let value): value
    case .real(let value): value
    case .boolean(let value): value
    case .date(let value): value
    case .data(let value): value
    case .array(let values): values.map(\.propertyList)
    case .dictionary(let values): values.mapValues(\.propertyList)
    }
  }
}

/// What JavaScript has no value for.
package struct UnreadablePropertyList: Error, Equatable {
  /// Finishes the sentence "it …".
  package let why: String

  package init(why: String) {
    self.why = why
  }

  fileprivate static let inexact = UnreadablePropertyList(why: "holds a number that JavaScript cannot hold exactly")
}
