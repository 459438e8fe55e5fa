import BAMessages
import BAPrincipal
import BARuntime
import Dispatch
import Testing

@Suite(.timeLimit(.minutes(2))) struct StopTests {
  @Test func stopsTwiceAndForGood() throws {
    let guest = try launch("echo: fulfil")
    guest.stop()
    guest.stop()
    #expect(try guest.run("echo").isStopped)
    guest.stop()
  }

  @Test func stopsWhoeverWaits() async throws {
    let count = 8
    let waiting = Signal()
    let guest = try launch("wait: () => native.log(1, '')", hooks: .logging { _, _ in waiting.happened() })
    try await withThrowingTaskGroup(of: DispatchOutcome.self) { group in
      for _ in 0..<count {
        group.addTask { try await onThread { try guest.run("wait") } }
      }
      await waiting.wait(times: count)
      guest.stop()
      for try await outcome in group {
        #expect(outcome.isStopped)
      }
    }
  }

  @Test func stopsFromManyThreadsWhileOthersDispatch() async throws {
    for _ in 1...5 {
      let guest = try launch("echo: fulfil")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            try await onThread {
              // Until it is stopped.
              while try guest.run("echo", .integer(1)).value == .integer(1) {}
              #expect(try guest.run("echo").isStopped)
            }
          }
          group.addTask { try await onThread { guest.stop() } }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func stopsAnEngineThatDied() throws {
    let guest = try launch("exit: () => process.exit(1)")
    #expect(try guest.run("exit").engineMessage != nil)
    guest.stop()
    #expect(try guest.run("exit").isStopped)
  }

  @Test func stopsAnEndlessLoop() async throws {
    let looping = Signal()
    let guest = try launch(
      "loop: () => { native.log(1, ''); for (;;); }", hooks: .logging { _, _ in looping.happened() })
    async let outcome = onThread { try guest.run("loop") }
    await looping.wait()
    guest.stop()
    #expect(try await outcome.isStopped)
  }

  /// What holds the guest, such as a principal class, may be held by its hooks.
  @Test func stopLetsGoOfTheHooks() async throws {
    let released = Signal()
    do {
      let token = Token(released)
      let holder = Locked<RuntimeGuest?>(nil)
      let guest = try launch(
        "",
        hooks: .logging { _, _ in
          token.hold()
          holder.withLock { $0 = nil }
        })
      holder.withLock { $0 = guest }
      guest.stop()
    }
    await released.wait()
  }

  /// Where nothing may wait for the callback's end.
  @Test func theLastReferenceMayGoInsideACallback() async throws {
    let released = Signal()
    let mayGo = DispatchSemaphore(value: 0)
    do {
      let holder = Locked<(RuntimeGuest?, Token)>((nil, Token(released)))
      let hooks = GuestHooks.logging { _, _ in
        mayGo.wait()
        holder.withLock { $0.0 = nil }
      }
      let guest = try launch("last: (event) => { fulfil(event, 1); setImmediate(native.log, 1, ''); }", hooks: hooks)
      holder.withLock { $0.0 = guest }
      #expect(try guest.run("last").value == .integer(1))
    }
    mayGo.signal()
    await released.wait()
  }

  @Test func anAbandonedGuestEndsByItself() async throws {
    let released = Signal()
    do {
      let token = Token(released)
      let guest = try launch("wait: () => {}", hooks: .logging { _, _ in token.hold() })
      #expect(guest.callbacks == ["shouldDownload"])
    }
    await released.wait()
  }

  @Test func aGuestThatDidNotLoadLetsGoOfTheHooks() async throws {
    let released = Signal()
    do {
      let token = Token(released)
      #expect(throws: LaunchFailure.self) {
        try launch(bundle: "throw new Error('m');", hooks: .logging { _, _ in token.hold() })
      }
    }
    await released.wait()
  }

  @Test func recipientsGoWhenTheyWereAnswered() async throws {
    let released = Signal()
    let guest = try launch("echo: fulfil, wait: () => {}, exit: () => process.exit(1)")
    for (action, deadline) in [("echo", aMinute), ("wait", 20), ("exit", aMinute), ("echo", aMinute)] {
      let token = Token(released)
      _ = try guest.run(action, deadline: deadline) { _ in token.hold() }
    }
    guest.stop()
    _ = try guest.run("echo") { [token = Token(released)] _ in token.hold() }
    await released.wait(times: 5)
  }
}
