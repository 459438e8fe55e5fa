import BAMessages
import BAPrincipal
import BARuntime
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct HostCallTests {
  typealias Answer = @Sendable (HostReply) -> Void

  /// A guest that fulfils an event with the reply of the host to a call.
  static let asking = "ask: async (event, { name, args }) => fulfil(event, await call(name, args)), echo: fulfil"

  static func question(_ name: String, _ args: [String: JSONValue] = [:]) -> JSONValue {
    .object(["name": .string(name), "args": .object(args)])
  }

  @Test func callsAndAnswersArriveWhole() throws {
    let guest = try launch(
      Self.asking,
      hooks: .answering { call, answer in
        answer(.success(value: .array([.string(call.name), .object(call.args)])))
      })
    let args: [String: JSONValue] = [
      "text": .string("zwölf 😀\u{0}"), "number": .integer(9_007_199_254_740_991), "none": .null,
    ]
    #expect(
      try guest.run("ask", Self.question("storage.read", args)).value
        == .object(["ok": .bool(true), "value": .array([.string("storage.read"), .object(args)])]))
    guest.stop()
  }

  @Test func failuresArrive() throws {
    let error = GuestError(code: "BA_X", message: "m", hint: "h")
    let guest = try launch(Self.asking, hooks: .answering { _, answer in answer(.failure(error: error)) })
    let reply = try guest.run("ask", Self.question("notify")).value
    #expect(reply?["ok"] == .bool(false))
    #expect(reply?["error"] == .object(["code": .string("BA_X"), "message": .string("m"), "hint": .string("h")]))
    guest.stop()
  }

  @Test func answersFromOtherThreads() async throws {
    let guest = try launch(
      """
      ask: async (event, count) => {
        const numbers = Array.from({ length: count }, (_, number) => number);
        const replies = await Promise.all(numbers.map((number) => call('native.call', { number })));
        fulfil(event, replies.map(({ value }) => value));
      },
      """,
      hooks: .answering { call, answer in
        Thread.detachNewThread { answer(.success(value: call.args["number"] ?? .null)) }
      })
    let value = try await onThread { try guest.run("ask", .integer(100)) }.value
    #expect(value == .array((0..<100).map { .integer($0) }))
    guest.stop()
  }

  @Test func onlyTheFirstAnswerCounts() throws {
    let guest = try launch(
      "ask: async (event) => fulfil(event, [await call('a', {}), await call('b', {})].map(({ value }) => value))",
      hooks: .answering { call, answer in
        answer(.success(value: .string(call.name)))
        answer(.success(value: .string("again")))
      })
    #expect(try guest.run("ask").value == .array([.string("a"), .string("b")]))
    guest.stop()
  }

  @Test func answersAfterTheEndAreDropped() async throws {
    for end in ["stop", "exit", "abandon"] {
      let asked = Signal()
      let kept = Locked<[Answer]>([])
      var guest: RuntimeGuest? = try launch(
        "ask: () => call('a', {}), exit: () => process.exit(1)",
        hooks: .answering { _, answer in
          kept.withLock { $0.append(answer) }
          asked.happened()
        })
      if let running = guest {
        async let outcome = onThread { try running.run("ask") }
        await asked.wait()
        if end == "exit" { _ = try await onThread { try running.run("exit") } } else { running.stop() }
        #expect(try await outcome.value == nil)
      }
      if end == "abandon" { guest = nil }
      let answers = kept.withLock { $0 }
      #expect(answers.count == 1)
      for answer in answers + answers {
        answer(.success(value: .null))
      }
      guest?.stop()
    }
  }

  @Test func whatIsNoCallIsRefused() throws {
    let guest = try launch(
      """
      ask: async (event, text) => {
        const number = native.hostCall(text);
        fulfil(event, await new Promise((resolve) => calls.set(number, resolve)));
      },
      """,
      hooks: .answering { _, _ in Issue.record("It came to the host.") })
    for text in ["", "{", "null", "{}", #"{"name":5,"args":{}}"#, #"{"name":"a"}"#, #"{"name":"a","args":[]}"#] {
      let reply = try guest.run("ask", .string(text)).value
      #expect(reply?["ok"] == .bool(false))
      #expect(reply?["error"]?["code"] == .string("BA_HOST_CALL_INVALID"))
    }
    guest.stop()
  }

  @Test func anAnswerThatIsNoJSONIsAFailure() throws {
    let guest = try launch(Self.asking, hooks: .answering { _, answer in answer(.success(value: .number(.nan))) })
    let reply = try guest.run("ask", Self.question("native.call")).value
    #expect(reply?["ok"] == .bool(false))
    #expect(reply?["error"]?["code"] == .string("BA_INTERNAL"))
    #expect(reply?["error"]?["message"]?.string?.contains("native.call") == true)
    #expect(try guest.run("echo", .integer(1)).value == .integer(1))
    guest.stop()
  }

  @Test func logsHaveTheirLevels() throws {
    let logs = Locked<[(LogLevel, String)]>([])
    let guest = try launch(
      """
      log: (event) => {
        for (const level of [0, 1, 2, 3, 4]) native.log(level, `zwölf ${level}`);
        console.warn('w');
        fulfil(event);
      },
      """, hooks: .logging { level, message in logs.withLock { $0.append((level, message)) } })
    _ = try guest.run("log")
    guest.stop()
    let seen = logs.withLock { $0 }
    #expect(seen.map(\.0) == [.debug, .info, .default, .error, .fault, .error])
    #expect(seen.map(\.1) == (0...4).map { "zwölf \($0)" } + ["w"])
  }
}
