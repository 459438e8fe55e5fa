internal import BAMessages
internal import Foundation

/// The answer of a handler to a challenge; nil for what is none. How long a credential is kept may be left out.
func parseChallengeAnswer(_ given: JSONValue?) -> ChallengeAnswer? {
  switch given?["disposition"]?.string {
  case "performDefaultHandling": .performDefaultHandling
  case "cancelChallenge": .cancelChallenge
  case "rejectProtectionSpace": .rejectProtectionSpace
  case "useCredential": parseCredential(given?["credential"]).map { .useCredential(credential: $0) }
  default: nil
  }
}

private func parseCredential(_ given: JSONValue?) -> ChallengeAnswer.Credential? {
  guard let user = given?["user"]?.string, let password = given?["password"]?.string else { return nil }
  guard let kept = given?["persistence"] else {
    return ChallengeAnswer.Credential(user: user, password: password, persistence: .forSession)
  }
  guard let persistence = kept.string.flatMap(ChallengeAnswer.Credential.Persistence.init(rawValue:)) else { return nil }
  return ChallengeAnswer.Credential(user: user, password: password, persistence: persistence)
}

/// What must not be shown of an answer, whether or not it is one: each text that stands as a password in it, in every form
/// that a log may give it. The twin of `secretsIn` in `src/principal/challenge-answer.ts`.
func secretsIn(_ given: JSONValue?) -> [String] {
  switch given {
  case .object(let object):
    let password = object["password"]?.string ?? ""
    let own = password.isEmpty ? [] : forms(of: password, user: object["user"]?.string ?? "")
    return own + object.values.flatMap(secretsIn)
  case .array(let values): return values.flatMap(secretsIn)
  case .string, .number, .integer, .bool, .null, nil: return []
  }
}

private func forms(of password: String, user: String) -> [String] {
  let basic = Data("\(user):\(password)".utf8).base64EncodedString()
  return [basic, String(JSON.quoted(password).dropFirst().dropLast()), encodeURIComponent(password), password]
}

/// Texts without the secrets that a handler has put into its answer, should it have logged them, too.
func redact(_ text: String, _ secrets: [String]) -> String {
  // The longest first: a short one may be part of it.
  secrets.sorted { $0.utf16.count > $1.utf16.count }
    .reduce(text) { redacted, secret in redacted.replacingOccurrences(of: secret, with: "•••") }
}
