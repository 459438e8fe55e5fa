internal import BAMessages

// A function's name is the one that the handler calls. Of two with one name the later counts.
extension NativeFunctions {
  /// Adds a function with an argument and a result.
  public func adding<Argument: Decodable & SendableMetatype, Result: Encodable & SendableMetatype>(
    _ name: String, _ function: @escaping @Sendable (Argument) async throws -> Result
  ) -> NativeFunctions {
    adding(name) { (json: JSONValue) in
      try NativeJSON.encode(await function(NativeJSON.decode(Argument.self, from: json)))
    }
  }

  /// Adds a function with an argument and no result.
  public func adding<Argument: Decodable & SendableMetatype>(
    _ name: String, _ function: @escaping @Sendable (Argument) async throws -> Void
  ) -> NativeFunctions {
    adding(name) { (json: JSONValue) in
      try await function(NativeJSON.decode(Argument.self, from: json))
      return .null
    }
  }

  /// Adds a function with a result and no argument.
  public func adding<Result: Encodable & SendableMetatype>(
    _ name: String, _ function: @escaping @Sendable () async throws -> Result
  ) -> NativeFunctions {
    adding(name) { (_: JSONValue) in try NativeJSON.encode(await function()) }
  }

  /// Adds a function with neither.
  public func adding(
    _ name: String, _ function: @escaping @Sendable () async throws -> Void
  ) -> NativeFunctions {
    adding(name) { (_: JSONValue) in
      try await function()
      return .null
    }
  }
}
