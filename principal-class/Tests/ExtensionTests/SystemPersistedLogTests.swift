@testable import BAExtension
import BAMessages
import BAPrincipal
import Foundation
import Testing

@Suite struct SystemPersistedLogTests {
  private let folder: SystemTestFolder

  init() throws {
    folder = try SystemTestFolder()
  }

  private func log(limit: Int = PersistedLog.limit) -> PersistedLog {
    PersistedLog(folder: folder.path + "/own", limit: limit)
  }

  private func line(_ message: String) -> LogLine {
    LogLine(LogEntry(level: .info, message: message, source: .handler), at: Date(timeIntervalSince1970: 0.25))
  }

  /// The messages of a file's lines, each of which must be JSON.
  private func messages(_ name: String = "log.jsonl") throws -> [String] {
    let text = try String(contentsOf: folder.url.appending(path: "own/\(name)"), encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    return try text.split(separator: "\n").map { line in
      let value = try JSON.decode(JSONValue.self, from: Data(line.utf8))
      return try #require(value["message"]?.string)
    }
  }

  @Test func aLineOfAnEntryAndOfADiagnostic() throws {
    let log = log()
    try log.append(line("a \"quoted\"\nline"))
    let error = GuestError(code: "BA_X", message: "what", hint: "way out", stack: "at handler.cjs:1:2")
    let observation = Observation(error: error, callback: "downloads", severity: .warning)
    try log.append(LogLine(observation, at: Date(timeIntervalSince1970: 1_700_000_000)))
    let file = folder.url.appending(path: "own/log.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(
      text.components(separatedBy: "\n") == [
        #"{"level":"info","message":"a \"quoted\"\nline","source":"handler","time":"1970-01-01T00:00:00.250Z"}"#,
        #"{"callback":"downloads","code":"BA_X","hint":"way out","level":"default","message":"what","#
          + #""source":"principal","stack":"at handler.cjs:1:2","time":"2023-11-14T22:13:20.000Z"}"#,
        "",
      ])
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path(percentEncoded: false))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aFullFileMakesRoom() throws {
    let size = try JSON.encode(line("00")).count + 1
    let log = log(limit: 3 * size)
    for number in 10..<18 { try log.append(line("\(number)")) }
    #expect(try messages("log.1.jsonl") == ["13", "14", "15"])
    #expect(try messages() == ["16", "17"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/own").count == 2)
  }

  @Test func aLineThatIsLargerThanTheLimitIsWrittenAllTheSame() throws {
    let log = log(limit: 10)
    try log.append(line("one"))
    try log.append(line("two"))
    #expect(try messages() == ["two"])
    #expect(try messages("log.1.jsonl") == ["one"])
  }

  @Test func longTextsAreCutBetweenCharacters() throws {
    // Each "é" has two bytes, and the limit falls into one of them.
    try log().append(line("x" + String(repeating: "é", count: LogLine.limit)))
    try log().append(line(String(repeating: "y", count: LogLine.limit)))
    #expect(
      try messages() == [
        "x" + String(repeating: "é", count: (LogLine.limit - 1) / 2) + "…",
        String(repeating: "y", count: LogLine.limit),
      ])
  }

  @Test func linesOfEightThreadsStayWhole() throws {
    let log = log()
    let failures = Locked(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<100 {
        do { try log.append(line("\(thread)-\(number)")) } catch { failures.withLock { $0 += 1 } }
      }
    }
    #expect(failures.withLock { $0 } == 0)
    let all = try messages()
    #expect(Set(all).count == 800 && all.count == 800)
    for thread in 0..<8 {
      let own = all.filter { $0.hasPrefix("\(thread)-") }
      #expect(own == (0..<100).map { "\(thread)-\($0)" })
    }
  }

  @Test func eightThreadsAndAFullFileLoseNoHalfLine() throws {
    let size = try JSON.encode(line("0-00")).count + 1
    let log = log(limit: 20 * size)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 10..<60 { try? log.append(line("\(thread)-\(number)")) }
    }
    // 400 lines, of which the last full file and what came after it are there.
    let (old, new) = (try messages("log.1.jsonl"), try messages())
    #expect(old.count == 20 && new.count == 20)
    #expect(Set(old + new).count == 40)
  }

  @Test func aPurgedFolderIsMadeAgain() throws {
    let log = log()
    try log.append(line("before"))
    try FileManager.default.removeItem(at: folder.url.appending(path: "own"))
    try log.append(line("after"))
    #expect(try messages() == ["after"])
  }

  @Test func whatCannotBeWrittenIsToldByItsError() throws {
    try folder.write("in the way", to: "own")
    #expect(throws: FileError(number: ENOTDIR)) { try log().append(line("a")) }
    try FileManager.default.removeItem(at: folder.url.appending(path: "own"))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "own/log.jsonl"), withIntermediateDirectories: true)
    #expect(throws: FileError(number: EISDIR)) { try log().append(line("a")) }
  }
}
