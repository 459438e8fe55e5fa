extension GuestError {
  private enum Keys: String, CodingKey {
    case code, message, hint, stack, systemError
  }

  /// A handler may throw anything: what is of another type than it should be is made a text, or left out, as
  /// `guestError` in `src/protocol/guest.ts` does it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      code: try container.decode(JSONValue.self, forKey: .code).text,
      message: try container.decode(JSONValue.self, forKey: .message).text,
      hint: try? container.decode(String.self, forKey: .hint),
      stack: try? container.decode(String.self, forKey: .stack),
      systemError: try? container.decode(DownloadError.self, forKey: .systemError))
  }
}

extension JSONValue {
  /// As JavaScript's `String` gives it.
  fileprivate var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .array(let values): values.map { $0 == .null ? "" : $0.text }.joined(separator: ",")
    case .object: "[object Object]"
    }
  }
}
