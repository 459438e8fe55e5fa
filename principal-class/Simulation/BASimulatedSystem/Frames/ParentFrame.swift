import BAMessages
import Foundation

/// What the simulated system says.
enum ParentFrame {
  case frame(ExtensionParentFrame)
  /// One that cannot be used; it is answered, and the process goes on.
  case problem(ExtensionChildFrame)

  init(_ json: Data) {
    do {
      self = .frame(try JSON.decode(ExtensionParentFrame.self, from: json))
    } catch {
      self = .problem(Self.problem(of: json, error))
    }
  }

  private static func problem(of json: Data, _ error: any Error) -> ExtensionChildFrame {
    guard case .object(let fields) = try? JSON.decode(JSONValue.self, from: json) else {
      return .problem("The frame could not be used: a frame is a JSON object in UTF-8.")
    }
    let kind = JSON.quoted(fields["kind"]?.string ?? "")
    guard let error = error as? DecodingError, error.field != ["kind"] else {
      return .problem("There is no frame of kind \(kind).", code: .protocolUnknownKind)
    }
    let field = error.field.joined(separator: ".")
    return .problem("The frame could not be used: the field \(field) of \(kind) is missing or of another type.")
  }
}

extension DecodingError {
  /// The names on the way to the field that is wrong.
  fileprivate var field: [String] {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath.map(\.stringValue)
    case .keyNotFound(let key, let context): context.codingPath.map(\.stringValue) + [key.stringValue]
    @unknown default: []
    }
  }
}
