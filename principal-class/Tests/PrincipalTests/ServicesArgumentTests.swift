import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesArgumentTests {
  static let wrong: [(String, [String: JSONValue], String)] = [
    ("file.moveTo", [:], "`path` is wrong: Invalid input: expected string, received undefined"),
    ("file.moveTo", ["path": .string("x")], "`token` is wrong: Invalid input: expected string, received undefined"),
    (
      "file.moveTo", ["path": .string("x"), "token": .string("t"), "exclusive": .integer(1)],
      "`exclusive` is wrong: Invalid input: expected boolean, received number"
    ),
    ("file.keep", ["token": .null], "`token` is wrong: Invalid input: expected string, received null"),
    ("file.copyTo", ["path": .array([])], "`path` is wrong: Invalid input: expected string, received array"),
    ("file.sha256", ["token": .object([:])], "`token` is wrong: Invalid input: expected string, received object"),
    ("storage.stat", ["path": .bool(true)], "`path` is wrong: Invalid input: expected string, received boolean"),
    ("storage.read", ["path": .number(0.5)], "`path` is wrong: Invalid input: expected string, received number"),
    (
      "storage.open", ["path": .string("x"), "place": .string("desktop")],
      "`place` is wrong: Invalid option: expected one of \"caches\"|\"container\""
    ),
    (
      "storage.list", ["path": .string(""), "place": .null],
      "`place` is wrong: Invalid option: expected one of \"caches\"|\"container\""
    ),
    ("storage.write", ["path": .string("x")], "`text` is wrong: Invalid input: expected string, received undefined"),
    ("storage.move", ["from": .string("x")], "`to` is wrong: Invalid input: expected string, received undefined"),
    ("storage.remove", [:], "`path` is wrong: Invalid input: expected string, received undefined"),
    ("settings.get", ["key": .string("")], "`key` is wrong: Too small: expected string to have >=1 characters"),
    ("settings.set", ["key": .integer(1)], "`key` is wrong: Invalid input: expected string, received number"),
    ("settings.getJson", [:], "`key` is wrong: Invalid input: expected string, received undefined"),
    ("settings.setJson", ["key": .string("k")], "`json` is wrong: Invalid input: expected string, received undefined"),
    (
      "downloadManager.cancel", [:], "`uniqueIdentifier` is wrong: Invalid input: expected string, received undefined"
    ),
    (
      "downloadManager.acquireExclusiveControl", ["before": .string("now")],
      "`before` is wrong: Invalid input: expected number, received string"
    ),
    (
      "native.call", ["name": .string("x")],
      "`args` is wrong: Invalid input: expected nonoptional, received undefined"
    ),
    ("notify", ["name": .string("")], "`name` is wrong: Too small: expected string to have >=1 characters"),
  ]

  @Test(arguments: wrong)
  func isRefused(_ name: String, _ args: [String: JSONValue], _ message: String) async throws {
    let host = try ServicesFixture()
    let event = host.openTermination()
    let refusal = GuestError(code: "BA_HOST_CALL_INVALID", message: "\(name): \(message).")
    #expect(await host.call(name, args) == .failure(error: refusal))
    #expect(await host.close(event).notifications == [])
    #expect(host.system.calls == [])
  }
}
