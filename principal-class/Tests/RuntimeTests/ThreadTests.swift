import BAMessages
import BAPrincipal
import BARuntime
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct ThreadTests {
  @Test @MainActor func theMainThreadMayWait() throws {
    let guest = try launch("echo: fulfil")
    #expect(try guest.run("echo", .integer(1)).value == .integer(1))
    guest.stop()
  }

  /// More wait at a time than the C ABI would queue by itself (64).
  @Test func manyThreadsDispatchAtATime() async throws {
    let threads = 100
    let guest = try launch(
      """
      // Answers when all are there.
      gather: (event, value) => {
        (state.gathered ??= []).push([event, value]);
        if (state.gathered.length < \(threads)) return;
        for (const [event, value] of state.gathered.splice(0)) fulfil(event, value);
      },
      """)
    let answers = try await withThrowingTaskGroup(of: [JSONValue?].self) { group in
      for thread in 0..<threads {
        group.addTask {
          try await onThread {
            try (0..<10).map { try guest.run("gather", .integer(thread * 10 + $0)).value }
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let numbers = answers.map { answer in
      if case .integer(let number)? = answer { number } else { -1 }
    }
    #expect(numbers.sorted() == Array(0..<threads * 10))
    guest.stop()
  }

  @Test func aHandlerThatAnswersLateHoldsNobodyUp() async throws {
    let waiting = Signal()
    let guest = try launch(
      """
      wait: (event) => { state.first = event; native.log(1, ''); },
      next: (event) => { fulfil(state.first, 1); fulfil(event, 2); },
      """,
      hooks: .logging { _, _ in waiting.happened() })
    async let first = onThread { try guest.run("wait") }
    await waiting.wait()
    #expect(try await onThread { try guest.run("next") }.value == .integer(2))
    #expect(try await first.value == .integer(1))
    guest.stop()
  }

  @Test func othersGoOnWhileOneLoops() async throws {
    let looping = Signal()
    let stuck = try launch(
      "loop: () => { native.log(1, ''); for (;;); }", hooks: .logging { _, _ in looping.happened() })
    async let outcome = onThread { try stuck.run("loop") }
    await looping.wait()
    let other = try launch("echo: fulfil")
    for number in 1...10 {
      #expect(try other.run("echo", .integer(number)).value == .integer(number))
    }
    other.stop()
    stuck.stop()
    #expect(try await outcome.isStopped)
  }

  /// Answers and deadlines that come at the same moment: one of them counts, and the engine lives or is dead by it.
  @Test func racesOfAnswersAndDeadlines() async throws {
    for round in 0..<20 {
      let guest = try launch("answer: (event, after) => setTimeout(fulfil, after, event, after), echo: fulfil")
      let outcomes = try await withThrowingTaskGroup(of: DispatchOutcome.self) { group in
        for offset in -2...2 {
          group.addTask {
            try await onThread { try guest.run("answer", .integer(12 + offset + round % 3), deadline: 12) }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let next = try guest.run("echo", .bool(true))
      if outcomes.contains(where: \.isDeadline) {
        #expect(next.engineMessage != nil)
      } else {
        #expect(outcomes.allSatisfy { $0.value != nil } && next.value == .bool(true))
      }
      #expect(outcomes.allSatisfy { $0.value != nil || $0.isDeadline || $0.engineMessage != nil })
      guest.stop()
    }
  }
}
