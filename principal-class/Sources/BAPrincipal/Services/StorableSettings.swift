internal import BAMessages

/// Throws `BA_SETTING_INVALID` for what an XML property list cannot hold, whatever the store, so that a simulator and a
/// device refuse the same. The twin of `buildPropertyList` in `src/principal/property-list.ts`.
func checkStorable(_ settings: [String: PropertyListValue]) throws(GuestError) {
  for (key, value) in settings {
    try checkText(key)
    // The TypeScript twin cannot read it back.
    if key == "__proto__" { throw GuestError.settingInvalid("A setting cannot have the key \"__proto__\".") }
    try checkStorable(value)
  }
}

private func checkStorable(_ value: PropertyListValue) throws(GuestError) {
  switch value {
  case .string(let text): try checkText(text)
  case .integer(let value): try checkNumber(PropertyListValue.exactIntegers.contains(value))
  case .real(let value):
    let isWhole = value == value.rounded()
    try checkNumber(isWhole ? Int(exactly: value).map(PropertyListValue.exactIntegers.contains) : value.isFinite)
  case .array(let values): for value in values { try checkStorable(value) }
  case .dictionary(let values): try checkStorable(values)
  case .boolean, .date, .data: break
  }
}

private func checkNumber(_ isExact: Bool?) throws(GuestError) {
  if isExact != true {
    throw GuestError.settingInvalid(
      "A whole number in a setting must be within ±(2^53 − 1), so that it stays exact.")
  }
}

private func checkText(_ text: String) throws(GuestError) {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\t", "\n", "\r", "\u{20}"..."\u{FFFD}", "\u{10000}"...: continue
    default:
      throw GuestError.settingInvalid(
        "A text in a setting holds a control character or half a character, which XML cannot hold.")
    }
  }
}

extension GuestError {
  static func settingInvalid(_ message: String) -> GuestError {
    GuestError(
      code: "BA_SETTING_INVALID", message: message, hint: "Take settings.setJson(), which stores any JSON.")
  }
}
