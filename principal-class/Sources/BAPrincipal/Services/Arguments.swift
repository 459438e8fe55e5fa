internal import BAMessages

/// The arguments of a host call. They are read where they lie, because a text to be written may be long. What is wrong
/// is told in the words of the TypeScript twin's checker.
struct Arguments: Sendable {
  let values: [String: JSONValue]

  func string(_ key: String) throws(WrongArgument) -> String {
    guard let text = values[key]?.string else { throw wrong(key, expected: "string") }
    return text
  }

  func nonEmptyString(_ key: String) throws(WrongArgument) -> String {
    let text = try string(key)
    if text.isEmpty { throw WrongArgument(path: key, rule: "Too small: expected string to have >=1 characters") }
    return text
  }

  func bool(_ key: String) throws(WrongArgument) -> Bool {
    guard case .bool(let value) = values[key] else { throw wrong(key, expected: "boolean") }
    return value
  }

  /// Nil where it was left out.
  func optionalBool(_ key: String) throws(WrongArgument) -> Bool? {
    values[key] == nil ? nil : try bool(key)
  }

  /// Nil where it was left out.
  func optionalNumber(_ key: String) throws(WrongArgument) -> Double? {
    switch values[key] {
    case nil: nil
    case .integer(let value): Double(value)
    case .number(let value): value
    default: throw wrong(key, expected: "number")
    }
  }

  /// What a call is given in `key`, of any type, `null` included.
  func value(_ key: String) throws(WrongArgument) -> JSONValue {
    guard let value = values[key] else { throw wrong(key, expected: "nonoptional") }
    return value
  }

  /// A path and its place.
  func placedPath(_ key: String = "path") throws(WrongArgument) -> PlacedPath {
    let path = try string(key)
    guard let given = values["place"] else { return PlacedPath(path: path, place: nil) }
    guard let place = given.string.flatMap(StoragePlace.init) else {
      throw WrongArgument(path: "place", rule: "Invalid option: expected one of \"caches\"|\"container\"")
    }
    return PlacedPath(path: path, place: place)
  }

  private func wrong(_ key: String, expected: String) -> WrongArgument {
    let received =
      switch values[key] {
      case nil: "undefined"
      case .null: "null"
      case .bool: "boolean"
      case .integer, .number: "number"
      case .string: "string"
      case .array: "array"
      case .object: "object"
      }
    return WrongArgument(path: key, rule: "Invalid input: expected \(expected), received \(received)")
  }
}

/// A host call was given what it does not take.
struct WrongArgument: Error, Equatable {
  /// Names with a dot between them.
  let path: String
  /// Without the full stop.
  let rule: String
}
