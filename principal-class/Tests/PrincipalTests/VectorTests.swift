import BAMessages
import BAPrincipal
import BASimulatedSystem
import Foundation
import PrincipalTestSupport
import Testing

/// The vectors that hold this principal and the one in TypeScript to one behaviour.
@Suite struct VectorTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .appendingPathComponent("../../../src/principal/vectors")
    .standardizedFileURL

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }
    .sorted()

  @Test func thereAreVectors() {
    #expect(Self.names.count > 160)
  }

  @Test(arguments: names)
  func vector(_ name: String) async throws {
    let root = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let vector = try Vector(contentsOf: Self.folder.appendingPathComponent(name), root: root)
    try placeFiles(vector.filesBefore, below: root)

    let played = await onThread { PlayedVector(vector, root: root) }

    if let expected = vector.expect.guestEvent {
      expectEqual(.array(played.events), .array(expected == .null ? [] : [expected]))
    }
    if let expected = vector.expect.guestEvents { expectEqual(.array(played.events), .array(expected)) }
    expectMatch(.array(played.hostReplies), .array(vector.expect.hostReplies))
    if let expected = vector.expect.systemCalls { expectMatch(.array(played.systemCalls), .array(expected)) }
    #expect(played.unplayed == 0)
    #expect(played.unanswered == 0)
    expectMatch(played.reply, vector.expect.reply)
    try expectFiles(below: root, vector.expect.filesAfter)
  }

  private func expectMatch(_ actual: JSONValue, _ expected: JSONValue) {
    #expect(differences(actual, from: expected) == [])
  }

  private func expectEqual(_ actual: JSONValue, _ expected: JSONValue) {
    #expect(actual.isEqual(to: expected), "\(differences(actual, from: expected))")
  }

  private func expectFiles(below root: String, _ expected: [String: JSONValue]) throws {
    let found = try filesBelow(root)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, content) in expected {
      guard let actual = found[name] else { continue }
      if let target = content["symlink"]?.string {
        #expect(actual == .link(target), "\(name)")
      } else if case .file(let data) = actual {
        try expectContent(of: name, data, content)
      } else {
        Issue.record("\(name) is a link.")
      }
    }
  }

  private func expectContent(of name: String, _ data: Data, _ content: JSONValue) throws {
    if let text = content.string {
      #expect(String(decoding: data, as: UTF8.self) == text, "\(name)")
    } else if let subset = content["json"] {
      expectMatch(try JSON.decode(JSONValue.self, from: data), subset)
    } else if let exact = content["exactly"] {
      expectEqual(try JSON.decode(JSONValue.self, from: data), exact)
    } else if let list = content["propertyList"] {
      expectEqual(try wireForm(ofPropertyList: data), list)
    } else {
      Issue.record("\(name): the vector says nothing that is known of it.")
    }
  }
}
