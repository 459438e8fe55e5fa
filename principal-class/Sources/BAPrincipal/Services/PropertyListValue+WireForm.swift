package import BAMessages
internal import Foundation

/// Values of shared defaults as JSON: a date is `{ "$date": ISO 8601 text }`, data `{ "$data": base64 text }`, and a
/// dictionary with a key that starts with `$` stands in `{ "$dictionary": … }`. The twin of
/// `src/sdk/property-list.ts`.
extension PropertyListValue {
  /// The numbers that JavaScript holds exactly.
  static let exactIntegers = -((1 << 53) - 1)...((1 << 53) - 1)

  /// Throws `BA_SETTING_INVALID` for `null`, and for a date that is none.
  package init(wireForm: JSONValue) throws(GuestError) {
    switch wireForm {
    case .null: throw Self.noValue
    case .bool(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    // Whole numbers are stored as integers.
    case .number(let value): self = Int(exactly: value).map(PropertyListValue.integer) ?? .real(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .array(try Self.decoded(values))
    case .object(let values):
      if let text = values["$date"]?.string {
        guard let date = JavaScriptDate.date(text) else {
          throw GuestError.settingInvalid("A date in a setting must be one.")
        }
        self = .date(date)
      } else if let text = values["$data"]?.string {
        self = .data(base64(text))
      } else if case .object(let dictionary) = values["$dictionary"] {
        self = .dictionary(try Self.decoded(dictionary))
      } else {
        self = .dictionary(try Self.decoded(values))
      }
    }
  }

  /// Throws `BA_SETTING_INVALID` for what JavaScript has no value for.
  package func wireForm() throws(GuestError) -> JSONValue {
    switch self {
    case .string(let value): return .string(value)
    case .boolean(let value): return .bool(value)
    case .integer(let value):
      if Self.exactIntegers.contains(value) { return .integer(value) }
      throw GuestError.settingInvalid("A setting holds a number that JavaScript cannot hold exactly.")
    case .real(let value):
      if value.isFinite { return .number(value) }
      throw Self.noValue
    case .date(let value):
      guard let text = JavaScriptDate.text(value) else { throw Self.noValue }
      return .object(["$date": .string(text)])
    case .data(let value): return .object(["$data": .string(value.base64EncodedString())])
    case .array(let values):
      var encoded: [JSONValue] = []
      for value in values { encoded.append(try value.wireForm()) }
      return .array(encoded)
    case .dictionary(let values):
      var encoded: [String: JSONValue] = [:]
      for (key, value) in values { encoded[key] = try value.wireForm() }
      return values.keys.contains { $0.hasPrefix("$") } ? .object(["$dictionary": .object(encoded)]) : .object(encoded)
    }
  }

  private static func decoded(_ values: [JSONValue]) throws(GuestError) -> [PropertyListValue] {
    var decoded: [PropertyListValue] = []
    for value in values { decoded.append(try PropertyListValue(wireForm: value)) }
    return decoded
  }

  private static func decoded(_ values: [String: JSONValue]) throws(GuestError) -> [String: PropertyListValue] {
    var decoded: [String: PropertyListValue] = [:]
    for (key, value) in values { decoded[key] = try PropertyListValue(wireForm: value) }
    return decoded
  }

  private static let noValue = GuestError(
    code: "BA_SETTING_INVALID",
    message: "A setting must be a string, number, boolean, Date, Uint8Array, array or plain object.",
    hint: "Property lists hold no null and no undefined: leave such keys out, or take settings.setJson().")
}

/// Tolerates line breaks, as property lists have them, and missing padding.
private func base64(_ text: String) -> Data {
  var digits = Array(text.utf8.filter(base64Digits.contains))
  // One digit more than bytes need says nothing.
  if digits.count % 4 == 1 { digits.removeLast() }
  while digits.count % 4 != 0 { digits.append(UInt8(ascii: "=")) }
  return Data(base64Encoded: Data(digits)) ?? Data()
}

private let base64Digits = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
