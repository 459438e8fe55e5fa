internal import BAMessages
internal import BAPrincipal
internal import Foundation

/// The `userInfo` of errors: as Foundation has it, and as JSON in messages.
enum ErrorUserInfo {
  /// `NSURLErrorFailingURLStringErrorKey`, which is deprecated, and still there.
  private static let failingURL = "NSErrorFailingURLStringKey"

  /// These travel as fields of their own.
  private static let fields: Set = [NSLocalizedDescriptionKey, NSUnderlyingErrorKey]

  /// The values that a property list can hold, in its JSON form, and URLs as texts. The rest (certificates, trusts,
  /// tasks) is left out: it means nothing outside of its process, and what its description holds is not known.
  static func message(from userInfo: [String: Any]) -> [String: JSONValue] {
    var message: [String: JSONValue] = [:]
    for (key, value) in userInfo where !fields.contains(key) {
      message[key] = json(value, of: key)
    }
    return message
  }

  static func foundation(from message: [String: JSONValue]) -> [String: Any] {
    var userInfo: [String: Any] = [:]
    for (key, value) in message where !fields.contains(key) {
      userInfo[key] = (try? PropertyListValue(wireForm: value))?.propertyList
    }
    return userInfo
  }

  private static func json(_ value: Any, of key: String) -> JSONValue? {
    if let url = value as? URL { return .string(withoutSecrets(url.absoluteString)) }
    if key == failingURL, let url = value as? String { return .string(withoutSecrets(url)) }
    return try? PropertyListValue(propertyList: value).wireForm()
  }

  /// The URL without what may be secret in it: user name and password, and the query, which can be a signature. Of what
  /// has been through here nothing more is taken.
  static func withoutSecrets(_ url: String) -> String {
    let address = url.prefix { $0 != "?" && $0 != "#" }
    let query = url[address.endIndex...].hasPrefix("?") ? "?…" : ""
    let begin = address.range(of: "://")?.upperBound ?? address.startIndex
    let authority = address[begin...].prefix { $0 != "/" }
    let host = authority.lastIndex(of: "@").map(address.index(after:)) ?? begin
    return "\(address[..<begin])\(address[host...])\(query)"
  }
}
