internal import BAMessages
internal import Foundation

/// The shared defaults of the app group.
enum SettingsServices {
  static let get = Service.quick { call in
    try call.options.settings.value(forKey: call.arguments.nonEmptyString("key"))?.wireForm() ?? .null
  }

  /// `null` removes the key.
  static let set = Service.quick { call in
    let key = try call.arguments.nonEmptyString("key")
    guard let given = call.arguments.values["value"], given == .null || !given.holdsNull else {
      throw WrongArgument(path: "value", rule: "Invalid input")
    }
    if given == .null {
      try call.options.settings.setValue(nil, forKey: key)
    } else {
      let value = try PropertyListValue(wireForm: given)
      try checkStorable([key: value])
      try call.options.settings.setValue(value, forKey: key)
    }
    return .null
  }

  /// The JSON text that the key's data holds.
  static let getJson = Service.quick { call in
    let key = try call.arguments.nonEmptyString("key")
    guard let value = try call.options.settings.value(forKey: key) else { return .null }
    if case .data(let data) = value, let text = strictText(data) { return .string(text) }
    throw GuestError(
      code: "BA_SETTING_NOT_JSON",
      message: "The setting \(JSON.quoted(key)) does not hold the data of a JSON text.",
      hint: "settings.get() reads settings of any kind.")
  }

  static let setJson = Service.quick { call in
    let key = try call.arguments.nonEmptyString("key")
    let value = PropertyListValue.data(Data(try call.arguments.string("json").utf8))
    try checkStorable([key: value])
    try call.options.settings.setValue(value, forKey: key)
    return .null
  }
}

extension JSONValue {
  /// What no property list has.
  fileprivate var holdsNull: Bool {
    switch self {
    case .null: true
    case .array(let values): values.contains(where: \.holdsNull)
    case .object(let values): values.values.contains(where: \.holdsNull)
    case .bool, .integer, .number, .string: false
    }
  }
}
