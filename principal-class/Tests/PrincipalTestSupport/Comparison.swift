package import BAMessages

/// Where a value differs from what is expected, each as a line. An object must have each key that is expected, an array
/// the expected length; everything else must be equal.
package func differences(_ actual: JSONValue?, from expected: JSONValue, at place: String = "") -> [String] {
  switch (expected, actual) {
  case (.object(let expected), .object(let actual)):
    return expected.sorted { $0.key < $1.key }.flatMap { key, value in
      differences(actual[key], from: value, at: "\(place)/\(key)")
    }
  case (.array(let expected), .array(let actual)) where expected.count == actual.count:
    return zip(expected, actual).enumerated().flatMap { index, pair in
      differences(pair.1, from: pair.0, at: "\(place)/\(index)")
    }
  default:
    if let actual, actual.isEqual(to: expected) { return [] }
    return ["\(place): expected \(text(expected)), got \(actual.map(text) ?? "nothing")"]
  }
}

extension JSONValue {
  /// Equal as JSON: 1 and 1.0 are the same number, and an object has no other key.
  package func isEqual(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.integer(let whole), .number(let number)), (.number(let number), .integer(let whole)):
      number == Double(whole)
    case (.array(let values), .array(let others)):
      values.count == others.count && zip(values, others).allSatisfy { $0.isEqual(to: $1) }
    case (.object(let values), .object(let others)):
      values.count == others.count
        && values.allSatisfy { key, value in others[key].map(value.isEqual(to:)) ?? false }
    default: self == other
    }
  }
}

private func text(_ value: JSONValue) -> String {
  (try? JSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
}

/// A message as its JSON.
package func json(_ value: some Encodable) -> JSONValue {
  (try? JSON.decode(JSONValue.self, from: JSON.encode(value))) ?? .null
}
