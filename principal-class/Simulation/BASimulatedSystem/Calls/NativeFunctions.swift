import BAMessages
import BAPrincipal
import Foundation

extension SystemCalls {
  /// The functions that the app has registered; they run in the simulated system.
  func nativeFunctions(_ names: [String]) -> [String: NativeFunction] {
    Dictionary(uniqueKeysWithValues: Set(names).map { name in (name, nativeFunction(name)) })
  }

  private func nativeFunction(_ name: String) -> NativeFunction {
    { [self] arguments in
      try await withCheckedThrowingContinuation { continuation in
        send(.nativeCall(.init(function: name, args: arguments))) { result in
          continuation.resume(with: result.mapError { NativeFunctionError(message: $0.message) })
        }
      }
    }
  }
}
