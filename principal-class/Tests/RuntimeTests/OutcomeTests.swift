import BAMessages
import BAPrincipal
import BARuntime
import Testing

@Suite(.timeLimit(.minutes(2))) struct OutcomeTests {
  @Test func answered() throws {
    let guest = try launch(
      """
      echo: fulfil,
      later: async (event) => { await null; setImmediate(() => fulfil(event, 'later')); },
      nothing: (event) => fulfil(event),
      reject: (event) => native.reply(event, '{"status":"rejected","error":{"code":"BA_X","message":"m"}}'),
      none: (event) => native.reply(event, JSON.stringify({ status: 'notImplemented' })),
      twice: (event) => { fulfil(event, 1); fulfil(event, 2); },
      """)
    let values: [JSONValue] = [
      .bool(true), .integer(9_007_199_254_740_991), .number(0.5), .string("zwölf 😀\u{0}\"\\"), .array([]),
      .object(["a": .null]),
    ]
    for value in values {
      #expect(try guest.run("echo", value).value == value)
    }
    #expect(try guest.run("later").value == .string("later"))
    #expect(try guest.run("twice").value == .integer(1))
    for (action, reply) in [
      ("nothing", .fulfilled(value: nil)), ("reject", .rejected(error: GuestError(code: "BA_X", message: "m"))),
      ("none", .notImplemented),
    ] as [(String, GuestReply)] {
      guard case .answered(reply) = try guest.run(action) else {
        Issue.record("\(action) ended otherwise.")
        continue
      }
    }
    guest.stop()
  }

  @Test func everyKindOfEventArrives() throws {
    let guest = try launch(
      bundle: """
        exports.start = (native) => ({
          callbacks: [],
          dispatch: (event, json) => native.reply(event, `{"status":"fulfilled","value":${json}}`),
          hostReply() {},
        });
        """)
    let download = DownloadRecord(
      kind: .url, identifier: "level", uniqueIdentifier: "1", essential: true, priority: .max, state: .finished)
    let space = Challenge.ProtectionSpace(
      host: "example.com", port: 443, protocol: "https", realm: nil, method: .httpBasic, rawMethod: "Basic",
      isProxy: false, receivesCredentialSecurely: true)
    let error = DownloadError(
      domain: "d", code: -1, name: nil, message: "m", underlying: nil, userInfo: ["k": .bool(false)])
    let events: [GuestEvent] = [
      .downloads(
        .init(
          contentRequest: .install, contentRequestRawValue: 1, essentialAllowed: true,
          manifest: MappedFile(path: "/m", size: 2, token: "manifest"),
          info: ExtensionInfo(restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: 0))),
      .didReceiveChallenge(
        .init(challenge: Challenge(protectionSpace: space, previousFailureCount: 1), download: download)),
      .downloadFailed(.init(download: download, error: error)),
      .downloadFinished(.init(download: download, file: .init(path: "/f", size: 3, token: "t", attempt: 1))),
      .extensionWillTerminate,
    ]
    for event in events {
      let value = try #require(guest.dispatch(event, deadline: aMinute, onDownload: { _ in }).value)
      #expect(try JSON.decode(GuestEvent.self, from: JSON.encode(value)) == event)
    }
    guest.stop()
  }

  @Test(arguments: ["for (;;);", "", "const turn = () => Promise.resolve().then(turn); turn();"])
  func deadlineKillsTheEngine(body: String) throws {
    let guest = try launch("stuck: () => { \(body) }, echo: fulfil")
    let outcome = try guest.run("stuck", deadline: 50)
    guard case .deadline(let message) = outcome else {
      Issue.record("It ended otherwise: \(outcome)")
      return
    }
    #expect(message == "The handler did not answer within 50 ms.")
    // It stays dead.
    for _ in 1...2 {
      #expect(try guest.run("echo").engineMessage?.contains("did not answer within 50 ms") == true)
    }
    guest.stop()
    #expect(try guest.run("echo").isStopped)
  }

  @Test func deadlineOfOneIsTheEndOfAll() async throws {
    let waiting = Signal()
    let guest = try launch(
      "wait: () => native.log(1, 'waiting'), loop: () => { for (;;); }",
      hooks: .logging { _, _ in waiting.happened() })
    async let outcome = onThread { try guest.run("wait") }
    await waiting.wait()
    #expect(try await onThread { try guest.run("loop", deadline: 50) }.isDeadline)
    #expect(try await outcome.engineMessage?.contains("did not answer within 50 ms") == true)
    guest.stop()
  }

  @Test(arguments: [
    ("setImmediate(() => { throw new Error('nobody catches this'); });", "nobody catches this"),
    ("Promise.reject(new Error('nobody handles this'));", "nobody handles this"),
    ("process.exit(7);", "exit"),
    ("throw new Error('out of dispatch');", "out of dispatch"),
  ])
  func uncaughtErrorsKillTheEngine(body: String, message: String) throws {
    let guest = try launch("die: () => { \(body) }, echo: fulfil")
    let first = try #require(try guest.run("die").engineMessage)
    #expect(first.contains(message))
    #expect(try guest.run("echo").engineMessage == first)
    guest.stop()
  }

  @Test(arguments: ["", "{", "null", "5", #""text""#, "[]", #"{"status":"new"}"#, #"{"status":"rejected"}"#])
  func answersThatCannotBeReadKillTheEngine(text: String) throws {
    let guest = try launch("say: (event, text) => native.reply(event, text), echo: fulfil")
    let message = try #require(try guest.run("say", .string(text)).engineMessage)
    #expect(message.hasPrefix("The engine was ended, because the guest's answer cannot be read: "))
    #expect(try guest.run("echo").engineMessage == message)
    guest.stop()
    #expect(try guest.run("echo").engineMessage == message)
  }

  @Test func eventsThatAreNoJSONKillTheEngine() throws {
    let guest = try launch("echo: fulfil")
    let error = DownloadError(
      domain: "d", code: 1, name: nil, message: "m", underlying: nil, userInfo: ["k": .number(.nan)])
    let download = DownloadRecord(
      kind: .url, identifier: "a", uniqueIdentifier: "1", essential: false, priority: .min, state: .failed)
    let event = GuestEvent.downloadFailed(.init(download: download, error: error))
    let message = try #require(guest.dispatch(event, deadline: aMinute, onDownload: { _ in }).engineMessage)
    #expect(message.hasPrefix("The event cannot be written as JSON: "))
    #expect(try guest.run("echo").engineMessage == message)
    guest.stop()
  }

  @Test func anAnswerThatCannotBeReadIsTheEndOfAll() async throws {
    let waiting = Signal()
    let guest = try launch(
      "wait: () => native.log(1, 'waiting'), say: (event) => native.reply(event, '{')",
      hooks: .logging { _, _ in waiting.happened() })
    async let outcome = onThread { try guest.run("wait") }
    await waiting.wait()
    let message = try #require(try await onThread { try guest.run("say") }.engineMessage)
    #expect(try await outcome.engineMessage == message)
    guest.stop()
  }
}
