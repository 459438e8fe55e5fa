import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesStorageTests {
  let host: ServicesFixture

  init() throws {
    host = try ServicesFixture()
  }

  /// While an event is open.
  private func call(_ name: String, _ args: [String: JSONValue] = [:]) async -> HostReply {
    let event = host.openTermination()
    let reply = await host.call(name, args)
    _ = await host.close(event)
    return reply
  }

  @Test func textsAreReadAsTheyAre() async throws {
    let file = URL(fileURLWithPath: host.container.path + "/x")
    let args: [String: JSONValue] = ["path": .string("x"), "place": .string("container")]
    for text in ["", "\u{FEFF}a", "a\u{FFFD}b", "e\u{301}", "a\0b"] {
      try Data(text.utf8).write(to: file)
      let read = await call("storage.read", args).value?.string
      #expect(read.map { Array($0.utf8) } == Array(text.utf8))
    }
    for bytes in [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB]] as [[UInt8]] {
      try Data(bytes).write(to: file)
      let refusal = GuestError(
        code: "BA_FILE_NOT_TEXT", message: "\"x\" is not UTF-8 text.", hint: "storage.read() reads text files only.")
      #expect(await call("storage.read", args) == .failure(error: refusal))
    }
  }

  @Test func foldersAreNoFiles() async throws {
    try host.write("", to: "Library/Caches/folder/file")
    let folder: [String: JSONValue] = ["path": .string("folder")]
    #expect(await call("storage.stat", folder) == .success(value: .null))
    let refusal = GuestError(
      code: "BA_PATH_INVALID",
      message: "storage.read: a folder is where a file should be, or a file where a folder should be.",
      hint: "Choose another path, or remove what is there with storage.remove().")
    #expect(await call("storage.read", folder) == .failure(error: refusal))
    #expect(await call("storage.write", folder.merging(["text": .string("")]) { $1 }).code == "BA_PATH_INVALID")
    #expect(
      await call("storage.write", ["path": .string("folder/file/x"), "text": .string("")]).code == "BA_PATH_INVALID")
    #expect(
      await call("storage.open", folder).error?.message == "The path \"folder\" names no file that can be read.")
  }

  @Test func sizeAndTimeAreTold() async throws {
    try host.write("four", to: "Library/Caches/x")
    let attributes: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000.25)]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: host.container.path + "/Library/Caches/x")
    #expect(
      await call("storage.stat", ["path": .string("x")])
        == .success(value: .object(["size": .integer(4), "modifiedAt": .integer(1_700_000_000_250)])))
  }

  @Test func listsAreOfTheHandlersFilesOnly() async throws {
    for path in ["b", "a/b", "a-b", "ba-extension-not/x", "ba-extension/staging/x"] {
      try host.write("", to: "Library/Caches/" + path)
    }
    let names = ["a-b", "a/b", "b", "ba-extension-not/x"]
    #expect(await call("storage.list", ["path": .string("")]) == .success(value: .array(names.map(JSONValue.string))))
    #expect(
      await call("storage.list", ["path": .string("Library/Caches/a"), "place": .string("container")])
        == .success(value: .array([.string("b")])))
    for path in ["nothing", "b"] {
      #expect(await call("storage.list", ["path": .string(path)]) == .success(value: .array([])))
    }
    #expect(await call("storage.list", ["path": .string("ba-extension")]).code == "BA_PATH_RESERVED")
  }

  @Test func whatIsMovedMustBeThere() async throws {
    let refusal = GuestError(
      code: "BA_FILE_NOT_FOUND", message: "There is no file \"a\" to move.",
      hint: "Ask storage.stat() first; the system may purge files of the caches.")
    #expect(
      await call("storage.move", ["from": .string("a"), "to": .string("b")]) == .failure(error: refusal))
    #expect(
      await call("storage.move", ["from": .string("../Caches"), "to": .string("b")]).code == "BA_PATH_INVALID")
    #expect(
      await call("storage.remove", ["path": .string("Library"), "place": .string("container")]).code
        == "BA_PATH_RESERVED")
  }

  @Test func freeBytesAreThoseOfTheVolume() async throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: host.container.path)
    let size = try #require(attributes[.systemSize] as? NSNumber)
    guard case .integer(let bytes) = await call("storage.available").value else {
      Issue.record("No number.")
      return
    }
    #expect((1...size.intValue).contains(bytes))
  }

  @Test func aContainerThatIsGoneIsTold() async throws {
    try FileManager.default.removeItem(atPath: host.container.path)
    let error = await call("storage.available").error
    #expect(error?.code == "BA_FILE_NOT_FOUND")
    #expect(error?.message == "storage.available: the file is gone.")
  }

  @Test func filesThatAreOfferedAreNotUnclaimed() async throws {
    for identifier in ["a", "b"] {
      let path = "\(host.root)/\(identifier)"
      try Data("four".utf8).write(to: URL(fileURLWithPath: path))
      _ = try host.container.takeOver(ServicesFixture.download(identifier), from: path, now: 1)
    }
    // The second and the third offer.
    var last: [StagedFile] = []
    for _ in 2...3 {
      last = try host.container.clearUp(except: nil, isOffered: { _ in false }).kept.map(host.container.offer)
    }
    let offered = try #require(last.first { $0.download.identifier == "a" })
    let event = host.calls.open(Container.finishedEvent(offered), file: offered)
    let other: JSONValue = .object(["identifier": .string("b"), "size": .integer(4), "attempts": .integer(3)])
    #expect(await host.call("storage.unclaimed") == .success(value: .array([other])))
    _ = await host.close(event)
  }
}
