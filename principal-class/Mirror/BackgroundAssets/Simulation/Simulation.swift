public import Foundation
internal import Synchronization

/// The simulated system as this process reaches it. The extension process installs it before the extension is made;
/// until then every call fails as one without a connection does.
@_spi(BASimulation)
public enum Simulation {
  private static let downloadBackend = Mutex<any DownloadBackend>(Disconnected())

  static var downloads: any DownloadBackend {
    downloadBackend.withLock { $0 }
  }

  public static func install(_ backend: any DownloadBackend) {
    downloadBackend.withLock { $0 = backend }
  }

  /// An error as the real system throws it.
  public static func error(_ code: BAErrorCode, _ description: String? = nil) -> NSError {
    NSError(
      domain: BAErrorDomain,
      code: code.rawValue,
      userInfo: description.map { [NSLocalizedDescriptionKey: $0] } ?? [:])
  }

  static func notConnected() -> NSError {
    error(.callerConnectionInvalid, "No simulated system is connected to this process.")
  }
}

/// `BADownloadManager` as the simulated system serves it. Called from any thread; the errors are thrown as they are.
@_spi(BASimulation)
public protocol DownloadBackend: Sendable {
  /// May block.
  func currentDownloads() throws -> [BADownload]
  func schedule(_ download: BADownload) throws
  func startForeground(_ download: BADownload) throws
  func cancel(_ download: BADownload) throws

  /// Asks for exclusive control. `completion` is called once, from any thread.
  /// - Parameter date: how long to wait; nil waits without end.
  func acquireExclusiveControl(
    before date: Date?, completion: @escaping @Sendable (_ acquired: Bool, _ error: (any Error)?) -> Void)

  /// The handler has returned: control ends, where it was acquired, and the process need not be kept for it.
  func exclusiveControlHandlerDidReturn(acquired: Bool)
}

struct Disconnected: DownloadBackend {
  func currentDownloads() throws -> [BADownload] { throw Simulation.notConnected() }
  func schedule(_ download: BADownload) throws { throw Simulation.notConnected() }
  func startForeground(_ download: BADownload) throws { throw Simulation.notConnected() }
  func cancel(_ download: BADownload) throws { throw Simulation.notConnected() }

  func acquireExclusiveControl(
    before date: Date?, completion: @escaping @Sendable (_ acquired: Bool, _ error: (any Error)?) -> Void
  ) {
    completion(false, Simulation.notConnected())
  }

  func exclusiveControlHandlerDidReturn(acquired: Bool) {}
}
