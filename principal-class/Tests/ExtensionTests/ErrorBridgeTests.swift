import BAExtension
import BAMessages
import BackgroundAssets
import Foundation
import Testing
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct ErrorBridgeTests {
  private func error(
    _ domain: String, _ code: Int, name: String? = nil, underlying: DownloadError? = nil,
    userInfo: [String: JSONValue] = [:]
  ) -> DownloadError {
    DownloadError(
      domain: domain, code: code, name: name, message: "It failed.", underlying: underlying.map { Indirect($0) },
      userInfo: userInfo)
  }

  @Test func bothWays() {
    let posix = error("NSPOSIXErrorDomain", 54, name: "ECONNRESET")
    let url = error(
      "NSURLErrorDomain", -1005, name: "networkConnectionLost", underlying: posix,
      userInfo: [
        "NSErrorFailingURLStringKey": .string("https://example.com/a?…"),
        "statusCode": .integer(503),
        "ratio": .number(0.5),
        "isFinal": .bool(true),
        "one": .integer(1),
        "when": .object(["$date": .string("2026-11-21T12:00:00.123Z")]),
        "bytes": .object(["$data": .string("AAH/")]),
        "list": .array([.bool(false), .integer(0), .string("")]),
        "nested": .object(["$dictionary": .object(["$key": .integer(-1)])]),
      ])
    #expect(DownloadError(NSError(url)) == url)
    let refusal = error("BAErrorDomain", 112, name: "downloadWouldExceedAllowance")
    #expect(DownloadError(NSError(refusal)) == refusal)
  }

  @Test func asTheSystemHasIt() {
    let refusal = NSError(error("BAErrorDomain", 101))
    #expect(refusal.domain == BAErrorDomain)
    #expect(BAErrorCode(rawValue: refusal.code) == .downloadNotScheduled)
    #expect(refusal.localizedDescription == "It failed.")
    let outer = NSError(error("NSURLErrorDomain", -1, underlying: error("inner", 5)))
    #expect((outer.userInfo[NSUnderlyingErrorKey] as? NSError)?.domain == "inner")
  }

  @Test func names() {
    #expect(DownloadError(URLError(.timedOut)).name == "timedOut")
    #expect(DownloadError(NSError(domain: NSURLErrorDomain, code: -1234)).name == nil)
    #expect(DownloadError(NSError(domain: BAErrorDomain, code: 0)).name == "downloadInvalid")
    #expect(DownloadError(NSError(domain: BAErrorDomain, code: 1)).name == nil)
    #expect(DownloadError(NSError(domain: "other", code: 100)).name == nil)
    #expect(DownloadError(NSError(domain: NSPOSIXErrorDomain, code: 28)).name == "ENOSPC")
  }

  @Test(arguments: [Int.min, -1, 0, .max]) func codes(code: Int) {
    #expect(DownloadError(NSError(domain: "any", code: code)).code == code)
    #expect(NSError(error("any", code)).code == code)
  }

  @Test func errorsOfSwift() {
    enum Own: Error { case first, second }
    let told = DownloadError(Own.second)
    #expect(told.code == 1 && told.domain.contains("Own") && !told.message.isEmpty)
    #expect(DownloadError(ManagedBackgroundAssetsError.fileNotFound(at: "a")).message.contains("a"))
  }

  /// Nothing that could be a secret, and nothing that means something in its process only.
  @Test func whatIsLeftOut() {
    let url = "https://user:password@example.com/a/b?token=1#c"
    let told = DownloadError(
      NSError(
        domain: NSURLErrorDomain, code: -1013,
        userInfo: [
          NSURLErrorFailingURLErrorKey: URL(string: url) as Any,
          "NSErrorFailingURLStringKey": url,
          "plain": URL(string: "https://example.com/a") as Any,
          "object": NSObject(),
          "null": NSNull(),
          "infinite": Double.infinity,
          "huge": UInt64.max,
          "list": [1, NSObject()],
        ]))
    #expect(
      told.userInfo == [
        NSURLErrorFailingURLErrorKey: .string("https://example.com/a/b?…"),
        "NSErrorFailingURLStringKey": .string("https://example.com/a/b?…"),
        "plain": .string("https://example.com/a"),
      ])
  }

  @Test func aChainWithoutEnd() {
    var chain = NSError(domain: "end", code: 0)
    for code in 1...100 { chain = NSError(domain: "link", code: code, userInfo: [NSUnderlyingErrorKey: chain]) }
    var told: DownloadError? = DownloadError(chain)
    var codes: [Int] = []
    while let link = told {
      codes.append(link.code)
      told = link.underlying?.value
    }
    #expect(codes == [100, 99, 98, 97, 96, 95, 94, 93, 92])
  }
}

/// The simulator has its own tables: handlers must hear the same names from both.
@Suite struct ErrorNameTests {
  private let source: String

  init() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../../src/simulator/errors.ts").standardized
    source = try String(contentsOf: file, encoding: .utf8)
  }

  /// The entries `name: code` of a table of the simulator.
  private func table(_ name: String) throws -> [Int: String] {
    let start = try #require(source.range(of: "const \(name)"))
    let body = source[start.upperBound...].prefix { $0 != "}" }
    let entries = body.split(separator: "\n").compactMap { line -> (Int, String)? in
      let parts = line.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: ","))).split(separator: ":")
      guard parts.count == 2, let code = Int(parts[1].trimmingCharacters(in: .whitespaces)) else { return nil }
      return (code, String(parts[0]))
    }
    return Dictionary(uniqueKeysWithValues: entries)
  }

  @Test(arguments: [
    ("baErrorCodes", "BAErrorDomain", 17), ("urlErrorCodes", NSURLErrorDomain, 19),
    ("darwinErrno", NSPOSIXErrorDomain, 11),
  ])
  func areTheSimulators(table name: String, domain: String, count: Int) throws {
    let table = try table(name)
    #expect(table.count >= count)
    for (code, name) in table {
      #expect(DownloadError(NSError(domain: domain, code: code)).name == name)
    }
  }
}
