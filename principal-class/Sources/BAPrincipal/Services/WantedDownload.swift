internal import BAMessages

/// The download that a handler means: a new one, or what one was scheduled with that it has the handle of.
enum WantedDownload: Sendable {
  case new(URLDownload)
  case known(identifier: String, essential: Bool)

  init(_ arguments: Arguments) throws(WrongArgument) {
    if let given = arguments.values["download"] {
      self = .new(try Self.checked(given))
    } else {
      self = .known(identifier: try arguments.string("identifier"), essential: try arguments.bool("essential"))
    }
  }

  var identifier: String {
    switch self {
    case .new(let download): download.identifier
    case .known(let identifier, _): identifier
    }
  }

  /// Everything that the system is told about it.
  func download(_ call: StartedCall) throws -> URLDownload {
    switch self {
    case .new(let download):
      return download.inGroup(call.options.configuration.applicationGroupIdentifier)
    case .known(let identifier, let essential):
      guard var download = try call.container.findDownload(identifier) else {
        throw GuestError(
          code: "BA_DOWNLOAD_UNKNOWN",
          message:
            "Download \(JSON.quoted(identifier)) was not scheduled by this extension, which cannot know its URL.",
          hint: "Schedule it with urlDownload({ identifier, request, fileSize }).")
      }
      download.essential = essential
      return download
    }
  }

  private static func checked(_ given: JSONValue) throws(WrongArgument) -> URLDownload {
    // The decoder tells no place of a number that is not whole.
    try checkCount(given["fileSize"], "download.fileSize")
    try checkCount(given["request"]?["timeoutInterval"], "download.request.timeoutInterval")
    do {
      return try JSON.decode(URLDownload.self, from: JSON.encode(given))
    } catch {
      throw WrongArgument(path: (["download"] + codingPath(error)).joined(separator: "."), rule: "Invalid input")
    }
  }

  private static func checkCount(_ value: JSONValue?, _ path: String) throws(WrongArgument) {
    switch value {
    case .number: throw WrongArgument(path: path, rule: "Invalid input: expected int, received number")
    case .integer(..<0): throw WrongArgument(path: path, rule: "Too small: expected number to be >=0")
    case .integer(let count) where !PropertyListValue.exactIntegers.contains(count):
      throw WrongArgument(path: path, rule: "Too big: expected int to be <=9007199254740991")
    default: break
    }
  }

  private static func codingPath(_ error: any Error) -> [String] {
    switch error {
    case DecodingError.keyNotFound(let key, let context): (context.codingPath + [key]).map(\.stringValue)
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      context.codingPath.map(\.stringValue)
    default: []
    }
  }
}
