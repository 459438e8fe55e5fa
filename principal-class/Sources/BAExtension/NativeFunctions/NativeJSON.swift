internal import BAMessages
internal import BAPrincipal
internal import Foundation

/// Arguments and results of the app's functions as JSON.
enum NativeJSON {
  static func decode<Argument: Decodable>(_ type: Argument.Type, from json: JSONValue) throws -> Argument {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom(date)
    do {
      return try decoder.decode(type, from: JSON.encode(json))
    } catch let error as DecodingError {
      throw NativeFunctionError(message: "its argument is no \(type)\(error.reason)")
    }
  }

  static func encode(_ result: some Encodable) throws -> JSONValue {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .custom { date, encoder in
      guard let text = JavaScriptDate.text(date) else {
        throw EncodingError.invalidValue(
          date, .init(codingPath: encoder.codingPath, debugDescription: "JavaScript has no such date."))
      }
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
    do {
      return try JSON.decode(JSONValue.self, from: encoder.encode(result))
    } catch let error as EncodingError {
      throw NativeFunctionError(message: "its result cannot be written as JSON\(error.reason)")
    }
  }

  @Sendable private static func date(from decoder: any Decoder) throws -> Date {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if let date = JavaScriptDate.date(text) { return date }
    let description = "\(JSON.quoted(text)) is no date as Date.prototype.toISOString writes it."
    throw DecodingError.dataCorruptedError(in: container, debugDescription: description)
  }
}

extension DecodingError {
  /// What follows the sentence that decoding failed.
  fileprivate var reason: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      reasonText(context.debugDescription, at: context.codingPath)
    @unknown default: "."
    }
  }
}

extension EncodingError {
  /// What follows the sentence that encoding failed.
  fileprivate var reason: String {
    guard case .invalidValue(_, let context) = self else { return "." }
    return reasonText(context.debugDescription, at: context.codingPath)
  }
}

private func reasonText(_ description: String, at path: [any CodingKey]) -> String {
  let place = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  return place.isEmpty ? ": \(description)" : " (\(place)): \(description)"
}
