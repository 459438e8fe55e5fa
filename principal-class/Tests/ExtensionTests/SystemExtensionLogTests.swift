@testable import BAExtension
import BAMessages
import BAPrincipal
import Foundation
import Testing
@_spi(BASimulation) import os

@Suite struct SystemExtensionLogTests {
  /// Stands in every message: other tests of the process log, too.
  private let mark = UUID().uuidString

  /// What unified logging shows of what `body` logs.
  private func shown(_ body: () throws -> Void) rethrows -> [LoggedMessage] {
    let messages = Locked<[LoggedMessage]>([])
    let remove = UnifiedLog.add { message in messages.withLock { $0.append(message) } }
    defer { remove() }
    try body()
    return messages.withLock { $0 }
  }

  private func entry(_ source: LogEntry.Source, _ level: LogLevel = .default) -> LogEntry {
    LogEntry(level: level, message: "\(mark) \(source.rawValue)", source: source)
  }

  private var observation: Observation {
    let error = GuestError(code: "BA_\(mark)", message: "what the handler threw", hint: "a hint")
    return Observation(error: error, callback: "downloads", severity: .error)
  }

  @Test func aReleaseBuildKeepsTheWordsOfTheHandlerPrivate() {
    let logging = UnifiedLogging(showsHandler: false)
    let messages = shown {
      logging.write(entry(.handler, .fault))
      logging.write(entry(.principal))
      logging.write(observation)
    }
    #expect(messages.contains { $0.text == "<private>" && $0.category == "handler" && $0.type == .fault })
    #expect(!messages.contains { $0.text.contains("\(mark) handler") })
    #expect(messages.contains { $0.text == "\(mark) principal" && $0.category == "principal" })
    #expect(
      messages.contains { $0.text == "BA_\(mark) downloads: <private>" && $0.category == "principal" })
  }

  @Test func aDebugBuildShowsThem() {
    let logging = UnifiedLogging(showsHandler: true)
    let messages = shown {
      logging.write(entry(.handler, .debug))
      logging.write(observation)
    }.filter { $0.text.contains(mark) }
    #expect(
      messages.map(\.text) == ["\(mark) handler", "BA_\(mark) downloads: what the handler threw a hint"])
    #expect(messages.map(\.type) == [.debug, .error])
  }

  @Test(arguments: zip(
    [LogLevel.debug, .info, .default, .error, .fault], [OSLogType.debug, .info, .default, .error, .fault]))
  func levels(level: LogLevel, type: OSLogType) {
    let messages = shown { UnifiedLogging().write(entry(.principal, level)) }
    #expect(messages.filter { $0.text.contains(mark) }.map(\.type) == [type])
  }

  @Test func theFileHasEverythingInFull() throws {
    let folder = try SystemTestFolder()
    let log = ExtensionLog(container: folder.path, unified: UnifiedLogging(showsHandler: false))
    log.write(entry(.handler))
    log.write(observation)
    let file = folder.url.appending(path: "Library/Caches/ba-extension/log.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    try #require(lines.count == 2)
    #expect(lines[0].contains("\(mark) handler"))
    #expect(lines[1].contains("what the handler threw") && lines[1].contains("a hint"))
  }

  @Test func aLogThatCannotBeWrittenIsAnErrorOfUnifiedLoggingAndOfNothingElse() throws {
    let folder = try SystemTestFolder()
    try folder.write("in the way", to: "Library")
    let log = ExtensionLog(container: folder.path)
    let messages = shown { log.write(entry(.principal)) }
    #expect(messages.contains { $0.text == "\(mark) principal" })
    #expect(messages.contains { $0.text.contains("cannot be written (ENOTDIR)") && $0.type == .error })
  }

  @Test func withoutADeviceTheReasonIsLogged() {
    let failure = DeviceFailure(code: "BA_APP_GROUP_MISSING", message: "What \(mark).", hint: "The way out.")
    let messages = shown {
      ExtensionLog.write(failure)
      ExtensionLog.write(entry(.principal))
    }.filter { $0.text.contains(mark) }
    #expect(
      messages.map(\.text) == ["BA_APP_GROUP_MISSING: What \(mark). The way out.", "\(mark) principal"])
  }
}
