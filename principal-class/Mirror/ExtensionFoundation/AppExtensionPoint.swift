/// A place in the system that extensions extend. The parts for hosts, and what extensions bind with, are left out:
/// Background Assets extensions name their point in the property list.
@available(macOS 26.0, iOS 26.0, tvOS 26.0, watchOS 26.0, *)
public struct AppExtensionPoint: Sendable, Identifiable, Hashable, Equatable {
  /// The reverse-DNS name of the point.
  public var id: String { identifier }

  private let identifier: String

  init(id: String) {
    identifier = id
  }

  /// The point of this name.
  public init(identifier: StaticString) throws {
    self.init(id: identifier.description)
  }

  /// Named by `AppExtension.Identifier`.
  public struct Identifier: Sendable {
    private init() {}
  }

  /// Named by `AppExtension.Implementing`.
  public struct Capabilities: Sendable {
    private init() {}
  }

  /// Builds the value of `AppExtension.extensionPoint`.
  @resultBuilder
  public struct Bind {
    @_spi(BASimulation) public static func buildBlock(_ point: AppExtensionPoint) -> AppExtensionPoint {
      point
    }
  }
}
