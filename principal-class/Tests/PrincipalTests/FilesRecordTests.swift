import BAMessages
import Foundation
import Testing

@testable import BAPrincipal

@Suite struct FilesRecordTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
  }

  @Test func howFilesEnded() throws {
    #expect(try container.settledFiles()["a"] == nil)
    try container.rememberSettled(nil, of: "a")
    #expect(try sandbox.files() == [])
    try container.rememberSettled(.deleted, of: "a")
    try container.rememberSettled(.claimed(.init(path: "p", bytes: 7)), of: "b")
    try container.rememberSettled(.kept(.init(path: "q", bytes: 0)), of: "a")
    let all = try container.settledFiles()
    #expect(all["a"] == .kept(.init(path: "q", bytes: 0)) && all["b"] == .claimed(.init(path: "p", bytes: 7)))
    try container.rememberSettled(nil, of: "a")
    #expect(try container.settledFiles()["a"] == nil)
    #expect(
      try sandbox.json("\(own)/settled.json")
        == .object([
          "version": .integer(1),
          "files": .array([
            .object([
              "uniqueIdentifier": .string("b"),
              "file": .object(["kind": .string("claimed"), "path": .string("p"), "bytes": .integer(7)]),
            ])
          ]),
        ]))
  }

  @Test func theLast32AreRemembered() throws {
    for number in 0..<33 { try container.rememberSettled(.deleted, of: String(number)) }
    try container.rememberSettled(.deleted, of: "1")
    try container.rememberSettled(.deleted, of: "33")
    let all = try container.settledFiles()
    let remembered = (0..<34).filter { all[String($0)] == .deleted }
    #expect(remembered == [1] + Array(3..<34))
  }

  @Test(arguments: [
    "", "{}", #"{"version":2,"files":[]}"#, #"{"version":1}"#, #"{"version":1,"files":[{"uniqueIdentifier":"a"}]}"#,
    #"{"version":1,"files":[{"uniqueIdentifier":"a","file":{"kind":"deleted"}},{}]}"#,
  ])
  func recordsThatCannotBeReadCountAsAbsent(text: String) throws {
    try sandbox.write(text, "\(own)/settled.json")
    #expect(try container.settledFiles()["a"] == nil)
    try container.rememberSettled(.deleted, of: "b")
    #expect(try container.settledFiles()["b"] == .deleted)
  }

  @Test func readsTheRecordsOfJavaScript() throws {
    try sandbox.write(
      """
      {
        "version": 1,
        "later": true,
        "files": [
          { "uniqueIdentifier": "a", "file": { "kind": "claimed", "path": "x/\\u00e9", "bytes": 9007199254740991 } },
          { "uniqueIdentifier": "a", "file": { "kind": "deleted", "more": 1 } }
        ]
      }

      """, "\(own)/settled.json")
    #expect(try container.settledFiles()["a"] == .deleted)
    try sandbox.write(
      """
      {
        "version": 1,
        "downloads": {
          "a": {
            "request": { "url": "https://example.com/a", "timeoutInterval": 60000, "later": {} },
            "fileSize": 9007199254740991,
            "essential": true,
            "priority": "max",
            "scheduledAt": 1700000000000.5,
            "uniqueIdentifier": "u"
          }
        }
      }

      """, "\(own)/downloads.json")
    let expected = URLDownload(
      identifier: "a", request: RequestRecord(url: "https://example.com/a", timeoutInterval: 60000),
      fileSize: 9_007_199_254_740_991, essential: true, priority: .max)
    #expect(try container.findDownload("a") == expected)
  }

  @Test func theTableOfDownloads() throws {
    try container.rememberDownloads([], now: 1)
    #expect(try sandbox.files() == [])
    var other = urlDownload("\u{e9} \"x\"")
    other.applicationGroupIdentifier = "group.other"
    try container.rememberDownloads([(urlDownload("a"), nil), (other, "u")], now: 1_700_000_000_000)
    try container.rememberDownloads([(urlDownload("a", url: "https://example.com/new"), nil)], now: 2)
    #expect(try container.findDownload("a") == urlDownload("a", url: "https://example.com/new"))
    #expect(try container.findDownload("\u{e9} \"x\"") == other)
    #expect(try container.findDownload("missing") == nil)
    let table = try #require(try sandbox.json("\(own)/downloads.json"))
    #expect(table["version"] == .integer(1))
    #expect(
      table["downloads"]?["\u{e9} \"x\""]
        == .object([
          "request": .object([
            "url": .string("https://example.com/a"), "headers": .object(["Authorization": .string("secret")]),
          ]),
          "fileSize": .integer(7), "essential": .bool(false), "priority": .string("default"),
          "applicationGroupIdentifier": .string("group.other"), "scheduledAt": .integer(1_700_000_000_000),
          "uniqueIdentifier": .string("u"),
        ]))
    var status = stat()
    try attempt { stat(sandbox("\(own)/downloads.json"), &status) }
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test(
    arguments: [
      (nil, 5, true), (nil, 10, true), (nil, 11, false), ("u", 100, true), ("other", 5, false),
    ] as [(String?, Double, Bool)])
  func forgetsUnlessScheduledAnew(uniqueIdentifier: String?, scheduledAt: Double, isForgotten: Bool) throws {
    try container.rememberDownloads([(urlDownload("a"), uniqueIdentifier), (urlDownload("b"), nil)], now: scheduledAt)
    try container.forgetDownload(record("a", "u"), since: 10)
    #expect(try (container.findDownload("a") == nil) == isForgotten)
    #expect(try container.findDownload("b") != nil)
  }

  @Test func aCancelledDownloadIsForgottenWhenever() throws {
    try container.rememberDownloads([(urlDownload("a"), nil)], now: .greatestFiniteMagnitude)
    try container.forgetDownload(record("a", "u"), since: .infinity)
    #expect(try container.findDownload("a") == nil)
    try container.forgetDownload(record("a", "u"), since: .infinity)
  }

  @Test func aRecordThatCannotBeWrittenIsNoError() throws {
    try sandbox.write("in the way", "\(own)/temporary")
    try container.rememberSettled(.deleted, of: "a")
    try container.rememberDownloads([(urlDownload("a"), nil)], now: 1)
    container.writeSidecar(
      Sidecar(download: record(), attempt: 1, stagedAt: 0, bytes: 0), of: container.stagingPath("a"))
    #expect(try sandbox.files() == ["\(own)/temporary"])
  }

  @Test func aRecordThatCannotBeOpenedIsAnError() throws {
    try Files.makeFolder(sandbox("\(own)/settled.json"))
    try Files.makeFolder(sandbox("\(own)/downloads.json"))
    #expect(failure { () throws(FileError) in try container.rememberSettled(.deleted, of: "a") } == "EISDIR")
    #expect(failure { () throws(FileError) in try container.forgetDownload(record(), since: 0) } == "EISDIR")
  }

  @Test func threadsLoseNothing() throws {
    let errors = Locked<[String]>([])
    let container = container
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      let failed = failure { () throws(FileError) in
        for turn in 0..<4 {
          let name = "\(thread).\(turn)"
          try container.rememberSettled(.deleted, of: name)
          try container.rememberDownloads([(urlDownload(name), nil), (urlDownload("x\(name)"), nil)], now: 1)
          try container.forgetDownload(record("x\(name)"), since: 1)
          try Files.writeAtomically(Data(name.utf8), to: "\(container.path)/one", in: container)
        }
      }
      if let failed { errors.withLock { $0.append(failed) } }
    }
    #expect(errors.withLock { $0 } == [])
    let settled = try container.settledFiles()
    for thread in 0..<8 {
      for turn in 0..<4 {
        let name = "\(thread).\(turn)"
        #expect(settled[name] == .deleted)
        #expect(try container.findDownload(name) == urlDownload(name))
        #expect(try container.findDownload("x\(name)") == nil)
      }
    }
    #expect(try sandbox.files().sorted() == ["container/one", "\(own)/downloads.json", "\(own)/settled.json"].sorted())
  }
}
