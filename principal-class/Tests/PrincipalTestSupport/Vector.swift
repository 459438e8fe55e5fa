package import BAMessages
internal import BAPrincipal
package import Foundation

/// One wake of an extension, as `src/principal/vectors/README.md` describes it.
package struct Vector: Decodable, Sendable {
  package let filesBefore: [String: JSONValue]
  /// Absent: unmanaged.
  package let mode: Mode?
  package let policies: Policies?
  package let system: ScriptedSystem.Script?
  package let nativeFunctions: [String: JSONValue]?
  package let message: SystemMessage
  package let guest: GuestScript
  package let expect: Expectation

  package struct Policies: Decodable, Sendable {
    package let downloads: ExtensionConfiguration.Policies.Downloads?
    package let didReceiveChallenge: ExtensionConfiguration.Policies.DidReceiveChallenge?
    package let shouldDownload: Bool?
  }

  package struct Expectation: Decodable, Sendable {
    /// Absent: not looked at; null: none.
    package let guestEvent: JSONValue?
    package let guestEvents: [JSONValue]?
    package let hostReplies: [JSONValue]
    package let systemCalls: [JSONValue]?
    package let reply: JSONValue
    package let filesAfter: [String: JSONValue]

    private enum CodingKeys: String, CodingKey {
      case guestEvent, guestEvents, hostReplies, systemCalls, reply, filesAfter
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      guestEvent =
        container.contains(.guestEvent) ? try container.decode(JSONValue.self, forKey: .guestEvent) : nil
      guestEvents = try container.decodeIfPresent([JSONValue].self, forKey: .guestEvents)
      hostReplies = try container.decode([JSONValue].self, forKey: .hostReplies)
      systemCalls = try container.decodeIfPresent([JSONValue].self, forKey: .systemCalls)
      reply = try container.decode(JSONValue.self, forKey: .reply)
      filesAfter = try container.decode([String: JSONValue].self, forKey: .filesAfter)
    }
  }

  /// Reads a vector for a root folder.
  package init(contentsOf url: URL, root: String) throws {
    let text = try String(contentsOf: url, encoding: .utf8).replacingOccurrences(of: "$root", with: root)
    self = try JSONDecoder().decode(Vector.self, from: Data(text.utf8))
  }
}
