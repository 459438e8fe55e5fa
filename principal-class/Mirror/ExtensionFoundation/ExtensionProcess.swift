internal import Synchronization

/// Runs an extension until its process ends: makes it with `init()` and calls it as the system says.
@_spi(BASimulation)
public protocol ExtensionRunner: Sendable {
  @MainActor func run<Extension: AppExtension>(_ type: Extension.Type) throws
}

/// Where the extension process puts its runner. A program that has one defines, in Swift,
/// `@_cdecl("ba_simulation_install_runner")`: `main()` calls that function first.
@_spi(BASimulation)
public enum ExtensionProcess {
  private static let installed = Mutex<(any ExtensionRunner)?>(nil)

  /// What `main()` hands the extension to.
  public static var runner: (any ExtensionRunner)? {
    installed.withLock { $0 }
  }

  public static func install(_ runner: any ExtensionRunner) {
    installed.withLock { $0 = runner }
  }

  /// `main()` was called in a program without an extension process.
  public struct NoRunner: Error, CustomStringConvertible {
    public var description: String {
      "No simulated system runs this extension: start it with `ba-extension simulate --host swift`."
    }
  }
}
