import BAMessages
import BAPrincipal
import BARuntime
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct DownloadTests {
  /// What the guest emits with these arguments after the event's number, as JavaScript.
  func downloads(_ arguments: [String]) throws -> [URLDownload] {
    let emit = arguments.map { "native.emitDownload(event, \($0));" }.joined()
    let guest = try launch("emit: (event) => { \(emit) fulfil(event); }")
    let seen = Locked<[URLDownload]>([])
    let outcome = try guest.run("emit") { download in seen.withLock { $0.append(download) } }
    guest.stop()
    guard case .answered(.fulfilled) = outcome else {
      Issue.record("It ended otherwise: \(outcome)")
      return []
    }
    return seen.withLock { $0 }
  }

  @Test func plainOnes() throws {
    let url = "https://a.example/x"
    let plain = URLDownload(
      identifier: "a", request: RequestRecord(url: url), fileSize: 1, essential: false, priority: .default)
    var essential = plain
    essential.essential = true
    essential.priority = .max
    essential.applicationGroupIdentifier = "group.com.example"
    var least = plain
    least.priority = .min
    least.applicationGroupIdentifier = ""
    #expect(
      try downloads([
        "'a', '\(url)', 1, false, 1, undefined, undefined",
        "'a', '\(url)', 1, true, 2, 'group.com.example', undefined",
        "'a', '\(url)', 1, false, 0, '', undefined",
      ]) == [plain, essential, least])
  }

  @Test func sizes() throws {
    let seen = try downloads([0, 1, 4_294_967_296, 9_007_199_254_740_991].map { "'a', 'u', \($0), false, 1" })
    #expect(seen.map(\.fileSize) == [0, 1, 4_294_967_296, 9_007_199_254_740_991])
  }

  @Test func texts() throws {
    let texts = ["", "zwölf", "日本語", "😀\u{0}é\u{301}", String(repeating: "ä", count: 10_000)]
    let literals = texts.map { JSON.quoted($0) }
    let seen = try downloads(
      literals.map {
        "\($0), \($0), 0, false, 1, \($0), { method: \($0), headers: [\($0), \($0)], cachePolicy: \($0) }"
      })
    for (download, text) in zip(seen, texts) {
      let request = RequestRecord(url: text, method: text, headers: [text: text], cachePolicy: text)
      #expect(download.identifier == text && download.applicationGroupIdentifier == text)
      #expect(download.request == request)
    }
    #expect(seen.count == texts.count)
  }

  /// A surrogate without its other half is no text; it is replaced.
  @Test func halfASurrogate() throws {
    #expect(try downloads([#"'\ud800', 'u', 0, false, 1"#]).map(\.identifier) == ["\u{fffd}"])
  }

  @Test func requests() throws {
    let seen = try downloads(
      [
        "{ headers: [] }",
        "{ headers: ['A', '1', 'B', '', 'A', '2'] }",
        "{ headers: [], timeoutInterval: 1 }",
        "{ headers: [], timeoutInterval: 9007199254740991 }",
        "{ headers: [], allowsCellularAccess: true, allowsConstrainedNetworkAccess: false }",
        "{ headers: [], allowsCellularAccess: false, allowsExpensiveNetworkAccess: true }",
        "{ headers: [], allowsConstrainedNetworkAccess: true, allowsExpensiveNetworkAccess: false }",
      ].map { "'a', 'u', 0, false, 1, undefined, \($0)" })
    #expect(
      seen.map(\.request) == [
        RequestRecord(url: "u"),
        RequestRecord(url: "u", headers: ["A": "2", "B": ""]),
        RequestRecord(url: "u", timeoutInterval: 1),
        RequestRecord(url: "u", timeoutInterval: 9_007_199_254_740_991),
        RequestRecord(url: "u", allowsCellularAccess: true, allowsConstrainedNetworkAccess: false),
        RequestRecord(url: "u", allowsCellularAccess: false, allowsExpensiveNetworkAccess: true),
        RequestRecord(url: "u", allowsConstrainedNetworkAccess: true, allowsExpensiveNetworkAccess: false),
      ])
  }

  @Test func arriveInOrderWhileTheHandlerRuns() async throws {
    let first = Signal()
    let guest = try launch(
      """
      emit: (event, count) => {
        native.emitDownload(event, '0', 'u', 0, false, 1);
        state.rest = () => {
          for (let at = 1; at < count; at++) native.emitDownload(event, `${at}`, 'u', 0, false, 1);
          fulfil(event);
        };
      },
      rest: (event) => { state.rest(); fulfil(event); },
      """)
    let seen = Locked<[String]>([])
    async let outcome = onThread {
      try guest.run("emit", .integer(1_000)) { download in
        seen.withLock { $0.append(download.identifier) }
        first.happened()
      }
    }
    await first.wait()
    #expect(seen.withLock { $0 } == ["0"])
    _ = try await onThread { try guest.run("rest") }
    guard case .answered = try await outcome else {
      Issue.record("The event was not answered.")
      return
    }
    #expect(seen.withLock { $0 } == (0..<1_000).map { "\($0)" })
    guest.stop()
  }

  @Test func eachEventHasItsOwn() async throws {
    let guest = try launch(
      """
      emit: (event, name) => {
        for (let at = 0; at < 50; at++) native.emitDownload(event, name, 'u', at, false, 1);
        fulfil(event);
      },
      """)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          let seen = Locked<[URLDownload]>([])
          _ = try await onThread {
            try guest.run("emit", .string("\(thread)")) { download in seen.withLock { $0.append(download) } }
          }
          let downloads = seen.withLock { $0 }
          #expect(downloads.allSatisfy { $0.identifier == "\(thread)" })
          #expect(downloads.map(\.fileSize) == Array(0..<50))
        }
      }
      try await group.waitForAll()
    }
    guest.stop()
  }

  @Test func noneComesAfterTheDeadline() async throws {
    for _ in 0..<5 {
      let guest = try launch("emit: (event) => { for (;;) native.emitDownload(event, 'a', 'u', 0, false, 1); }")
      let isOver = Locked(false)
      let late = Locked(false)
      let outcome = try guest.run("emit", deadline: 20) { _ in
        if isOver.withLock({ $0 }) { late.withLock { $0 = true } }
      }
      isOver.withLock { $0 = true }
      #expect(outcome.isDeadline)
      guest.stop()
      #expect(!late.withLock { $0 })
    }
  }

  /// The deadline is answered when the callback returns; the caller comes back all the same.
  @Test func aCallbackThatDoesNotReturnHoldsNobodyUp() async throws {
    var deadline = 50
    // The deadline may pass before the callback begins.
    while try await !returnsBeforeTheCallback(deadline: deadline) { deadline *= 2 }
  }

  func returnsBeforeTheCallback(deadline: Int) async throws -> Bool {
    let released = Signal()
    let mayReturn = DispatchSemaphore(value: 0)
    let guest = try launch(
      """
      emit: (event) => {
        for (const name of ['a', 'b']) native.emitDownload(event, name, 'u', 0, false, 1);
        fulfil(event);
      },
      echo: fulfil,
      """)
    let seen = Locked<[String]>([])
    let outcome = try guest.run("emit", deadline: deadline) { [token = Token(released)] download in
      token.hold()
      seen.withLock { $0.append(download.identifier) }
      mayReturn.wait()
    }
    #expect(outcome.isDeadline)
    let next = try guest.run("echo").engineMessage
    mayReturn.signal()
    // The late answer finds its recipient, and lets it go.
    await released.wait()
    guest.stop()
    let names = seen.withLock { $0 }
    guard !names.isEmpty else { return false }
    #expect(names == ["a"])
    #expect(next?.contains("after its deadline of \(deadline) ms") == true)
    return true
  }
}
