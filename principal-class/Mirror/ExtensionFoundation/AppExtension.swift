internal import CExtensionFoundation

/// A type that the system starts when it needs an app extension.
@available(macOS 13.0, iOS 16.0, watchOS 9.0, tvOS 16.0, *)
public protocol AppExtension {
  associatedtype Configuration: AppExtensionConfiguration

  /// How the extension talks to its host. Background Assets supplies it; an extension never declares its own.
  @preconcurrency @MainActor var configuration: Self.Configuration { get }

  /// The system makes the extension with this.
  @preconcurrency @MainActor init()

  @available(macOS 26.2, iOS 26.2, tvOS 26.2, watchOS 26.2, *)
  typealias Identifier = AppExtensionPoint.Identifier
  @available(macOS 26.2, iOS 26.2, tvOS 26.2, watchOS 26.2, *)
  typealias Implementing = AppExtensionPoint.Capabilities
  @available(macOS 26.2, iOS 26.2, tvOS 26.2, watchOS 26.2, *)
  typealias Bind = AppExtensionPoint.Bind

  /// Which extension point this extension serves; its property list says so unless the type does.
  @available(macOS 26.2, iOS 26.2, tvOS 26.2, watchOS 26.2, *)
  @MainActor @AppExtensionPoint.Bind var extensionPoint: AppExtensionPoint { get }
}

@available(macOS 26.2, iOS 26.2, tvOS 26.2, watchOS 26.2, *)
extension AppExtension {
  @MainActor public var extensionPoint: AppExtensionPoint {
    AppExtensionPoint(id: "com.apple.background-asset-downloader-extension")
  }
}

@available(macOS 13.0, iOS 16.0, watchOS 9.0, tvOS 16.0, *)
extension AppExtension {
  /// What `@main` calls. Here it hands the extension to the runner of the extension process.
  @preconcurrency @MainActor public static func main() throws {
    if ExtensionProcess.runner == nil {
      _ = ba_simulation_call_install_runner()
    }
    guard let runner = ExtensionProcess.runner else { throw ExtensionProcess.NoRunner() }
    try runner.run(Self.self)
  }
}

/// The way in which an extension's host reaches it.
@available(macOS 13.0, iOS 16.0, watchOS 9.0, tvOS 16.0, *)
@preconcurrency @MainActor public protocol AppExtensionConfiguration: Sendable {
  /// Says whether the extension takes the connection.
  nonisolated func accept(connection: NSXPCConnection) -> Bool
}
