import BAMessages
import BackgroundAssets
@_spi(BASimulation) import ExtensionFoundation
import Glibc
import StoreKit

/// What an extension's `main()` asks for, before it does anything else.
@_cdecl("ba_simulation_install_runner")
func installRunner() {
  ExtensionProcess.install(Runner())
}

/// Runs an extension in the simulated system: frames come on fd 3, those of this process leave on fd 4.
struct Runner: ExtensionRunner {
  func run<Extension: AppExtension>(_ type: Extension.Type) throws {
    guard let type = type as? any BADownloaderExtension.Type else {
      throw NoDownloaderExtension(type: "\(type)")
    }
    signal(SIGPIPE, SIG_IGN)
    let writer = FrameWriter(descriptor: 4)
    writer.followUnifiedLog()
    let session = Session(writer: writer, mode: Mode(type)) { type.init() }
    Thread.detachNewThread { session.run(FrameReader(descriptor: 3)) }
    // What is isolated to the main actor runs here, as in a real extension.
    while true { RunLoop.main.run() }
  }

  struct NoDownloaderExtension: Error, CustomStringConvertible {
    let type: String
    var description: String { "The simulated system runs extensions for Background Assets, and \(type) is none." }
  }
}

extension Mode {
  /// By the protocol that an extension adopts.
  fileprivate init(_ type: any BADownloaderExtension.Type) {
    if type is any StoreDownloaderExtension.Type {
      self = .store
    } else if type is any ManagedDownloaderExtension.Type {
      self = .managed
    } else {
      self = .unmanaged
    }
  }
}
