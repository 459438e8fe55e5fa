internal import BAMessages
internal import Foundation

/// Functions that the app registered.
enum NativeServices {
  static let call = Service.waiting(isAbandoned: true) { call, completion in
    let name = try call.arguments.string("name")
    let argument = try call.arguments.value("args")
    guard let function = call.options.nativeFunctions[name] else {
      throw unknownFunction(name, call.options.nativeFunctions.keys.sorted())
    }
    Task {
      do {
        completion(.success(try await function(argument).withoutInfinities))
      } catch {
        let message = "Native function \(JSON.quoted(name)) failed: \(words(error))"
        completion(.failure(GuestError(code: "BA_NATIVE_FAILED", message: message)))
      }
    }
  }

  private static func unknownFunction(_ name: String, _ known: [String]) -> GuestError {
    let hint =
      if let meant = didYouMean(name, known) {
        "Did you mean \"\(meant)\"?"
      } else if known.isEmpty {
        "Add it to `simulate.nativeFunctions` in ba.config.ts."
      } else {
        "The app registers \(known.joined(separator: ", ")); ba.config.ts plays them in `simulate.nativeFunctions`."
      }
    return GuestError(
      code: "BA_NATIVE_UNKNOWN", message: "The app has no native function \(JSON.quoted(name)).", hint: hint)
  }

  /// Foundation has better words for its own errors than for those of Swift types.
  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as NativeFunctionError: error.message
    case is any LocalizedError, is any CustomNSError: error.localizedDescription
    default: type(of: error) is NSError.Type ? error.localizedDescription : String(describing: error)
    }
  }
}

/// A failure of a native function whose words the handler shall hear exactly.
package struct NativeFunctionError: Error, Equatable {
  package let message: String

  package init(message: String) {
    self.message = message
  }
}

extension JSONValue {
  /// As JavaScript writes JSON: what is no number is `null`.
  fileprivate var withoutInfinities: JSONValue {
    switch self {
    case .number(let value): value.isFinite ? self : .null
    case .array(let values): .array(values.map(\.withoutInfinities))
    case .object(let values): .object(values.mapValues(\.withoutInfinities))
    case .null, .bool, .integer, .string: self
    }
  }
}
