import Foundation
import Testing

@testable import BAMessages
@testable import BAPrincipal

@Suite struct ServicesNativeTests {
  private enum Plain: Error {
    case broken
  }

  private struct Localized: LocalizedError {
    let errorDescription: String? = "in words"
  }

  private func call(_ functions: [String: NativeFunction], _ name: String, _ args: JSONValue = .null) async throws
    -> HostReply
  {
    let host = try ServicesFixture(nativeFunctions: functions)
    let event = host.openTermination()
    let reply = await host.call("native.call", ["name": .string(name), "args": args])
    _ = await host.close(event)
    return reply
  }

  @Test func theArgumentGoesInAndTheValueComesOut() async throws {
    let value = JSONValue.object(["a": .array([.null, .integer(1)])])
    #expect(try await call(["echo": { $0 }], "echo", value) == .success(value: value))
  }

  @Test func whatIsNoNumberIsNull() async throws {
    let function: NativeFunction = { _ in .object(["a": .array([.number(.nan), .number(.infinity), .number(0.5)])]) }
    #expect(
      try await call(["f": function], "f")
        == .success(value: .object(["a": .array([.null, .null, .number(0.5)])])))
  }

  @Test func aFailureIsToldInTheWordsOfItsError() async throws {
    let foundation = NSError(domain: "d", code: 1, userInfo: [NSLocalizedDescriptionKey: "of Foundation"])
    let errors: [(any Error, String)] = [
      (NativeFunctionError(message: "no receipt"), "no receipt"), (Plain.broken, "broken"), (Localized(), "in words"),
      (foundation, "of Foundation"),
    ]
    for (error, words) in errors {
      let failure = GuestError(code: "BA_NATIVE_FAILED", message: "Native function \"f\" failed: \(words)")
      #expect(try await call(["f": { _ in throw error }], "f") == .failure(error: failure))
    }
  }

  @Test func anUnknownFunctionIsToldWithAWayOut() async throws {
    let one: NativeFunction = { $0 }
    let hints: [([String: NativeFunction], String)] = [
      ([:], "Add it to `simulate.nativeFunctions` in ba.config.ts."),
      (["hasPurchased": one, "x": one], "Did you mean \"hasPurchased\"?"),
      (["b": one, "a": one], "The app registers a, b; ba.config.ts plays them in `simulate.nativeFunctions`."),
    ]
    for (functions, hint) in hints {
      let unknown = GuestError(
        code: "BA_NATIVE_UNKNOWN", message: "The app has no native function \"hasPurchase\".", hint: hint)
      #expect(try await call(functions, "hasPurchase") == .failure(error: unknown))
    }
  }
}
