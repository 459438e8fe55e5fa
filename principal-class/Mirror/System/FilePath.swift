/// A location in the file system: the part of System's `FilePath` that Background Assets and its callers use.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
public struct FilePath: Sendable, Hashable, Codable {
  private var text: String

  /// An empty path.
  public init() {
    text = ""
  }

  /// The path that the string spells.
  public init(_ string: String) {
    text = string
  }

  /// The path as a string.
  public var string: String { text }

  public var isEmpty: Bool { text.isEmpty }

  /// Whether the path begins at the root.
  public var isAbsolute: Bool { text.hasPrefix("/") }

  /// This path with another appended.
  public func appending(_ other: String) -> FilePath {
    guard !other.isEmpty else { return self }
    guard !text.isEmpty else { return FilePath(other) }
    return FilePath(text.hasSuffix("/") ? text + other : text + "/" + other)
  }
}

@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
extension FilePath: ExpressibleByStringLiteral {
  public init(stringLiteral: String) {
    self.init(stringLiteral)
  }
}

@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
extension FilePath: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { text }
  public var debugDescription: String { text.debugDescription }
}
