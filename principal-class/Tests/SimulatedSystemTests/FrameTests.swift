@testable import BASimulatedSystem
import BAMessages
import Foundation
import Glibc
import Testing
import os

@Suite struct FrameTests {
  let peer = Peer()

  @Test func readsWhatWasWritten() async throws {
    peer.writer.write(.pong(id: 9))
    peer.writer.write(.launched)
    #expect(try await peer.next() == .pong(id: 9))
    #expect(try await peer.next() == .launched)
  }

  @Test func lengthsAreLittleEndian() {
    peer.put([2, 0, 0, 0] + Array("{}".utf8))
    #expect(peer.reader.next() == .frame(Data("{}".utf8)))
  }

  @Test func anEmptyFrameIsOne() {
    peer.put([0, 0, 0, 0])
    #expect(peer.reader.next() == .frame(Data()))
  }

  @Test(arguments: [[], [1, 0], [3, 0, 0, 0, 0x7b]] as [[UInt8]])
  func thePeerGoesInTheMiddle(bytes: [UInt8]) throws {
    peer.put(bytes)
    try peer.closeWriting()
    #expect(peer.reader.next() == .end)
  }

  @Test func aFrameHasAtMost64MiB() {
    peer.put([1, 0, 0, 4])
    #expect(peer.reader.next() == .broken)
  }

  /// A pipe holds 64 KiB: writers block in the middle of their frames, and none comes between another's parts.
  @Test func framesOfSeveralThreadsStayWhole() async throws {
    let writer = peer.writer
    let text = String(repeating: "x", count: 100_000)
    for number in 0..<8 {
      Thread.detachNewThread {
        writer.write(.log(entry: LogEntry(level: .info, message: "\(number)\(text)", source: .handler)))
      }
    }
    var numbers: Set<String> = []
    for _ in 0..<8 {
      guard case .log(let entry) = try await peer.next() else { throw Peer.NoFrame() }
      #expect(entry.message.dropFirst() == text)
      numbers.insert(String(entry.message.prefix(1)))
    }
    #expect(numbers.count == 8)
  }

  @Test func aPeerThatIsGoneIsNoError() throws {
    signal(SIGPIPE, SIG_IGN)
    try peer.closeReading()
    peer.writer.write(.launched)
  }

  @Test(arguments: [
    ("principal", OSLogType.error, LogEntry(level: .error, message: "a <private>", source: .principal)),
    ("downloads", .default, LogEntry(level: .default, message: "a <private>", source: .handler)),
    ("handler", .fault, LogEntry(level: .fault, message: "a <private>", source: .handler)),
  ])
  func unifiedLoggingIsSent(category: String, type: OSLogType, entry: LogEntry) async throws {
    let end = peer.writer.followUnifiedLog()
    defer { end() }
    Logger(subsystem: "com.example.game", category: category).log(level: type, "a \("secret")")
    // Others of this process may log, too.
    while try await peer.next() != .log(entry: entry) {}
  }

  @Test func whatJSONCannotHoldIsAProblem() async throws {
    peer.writer.write(.systemCall(.init(id: 1, call: .nativeCall(.init(function: "f", args: .number(.infinity))))))
    guard case .protocolError(let problem) = try await peer.next() else { throw Peer.NoFrame() }
    #expect(problem.code == .protocolInvalidFrame)
  }
}

@Suite struct ParentFrameTests {
  private func problem(_ text: String) -> ExtensionChildFrame? {
    guard case .problem(let problem) = ParentFrame(Data(text.utf8)) else { return nil }
    return problem
  }

  @Test func unknownFieldsAreTolerated() {
    guard case .frame(let frame) = ParentFrame(Data(#"{"kind":"ping","id":3,"later":true}"#.utf8)) else {
      Issue.record("refused")
      return
    }
    #expect(frame == .ping(id: 3))
  }

  @Test(arguments: [(#"{"kind":"dance \"x\""}"#, #""dance \"x\"""#), ("{}", #""""#), (#"{"kind":7}"#, #""""#)])
  func unknownKinds(text: String, kind: String) {
    #expect(problem(text) == .problem("There is no frame of kind \(kind).", code: .protocolUnknownKind))
  }

  @Test(arguments: ["", "not JSON", "[]", "\"launch\"", "{", "\u{0}"])
  func whatIsNoObject(text: String) {
    #expect(problem(text) == .problem("The frame could not be used: a frame is a JSON object in UTF-8."))
  }

  @Test(arguments: [
    (#"{"kind":"ping"}"#, "id", "ping"),
    (#"{"kind":"ping","id":"3"}"#, "id", "ping"),
    (#"{"kind":"message","id":1,"message":{"kind":"dance"}}"#, "message.kind", "message"),
    (#"{"kind":"message","id":1,"message":{"kind":"contentRequest","rawValue":1,"manifestPath":"/"}}"#,
      "message.extensionInfo", "message"),
    (#"{"kind":"launch","bundlePath":"/"}"#, "configuration", "launch"),
  ])
  func wrongFields(text: String, field: String, kind: String) {
    #expect(
      problem(text)
        == .problem("The frame could not be used: the field \(field) of \"\(kind)\" is missing or of another type."))
  }
}
