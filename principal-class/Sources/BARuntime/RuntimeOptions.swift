package import BAMessages
import CBARuntime

/// What a `RuntimeGuest` is started with.
package struct RuntimeOptions: Sendable {
  /// Absolute path of the bundle, a CommonJS file with guest and handler.
  package var bundlePath: String
  package var configuration: GuestConfiguration
  /// Milliseconds for starting the engine and evaluating the bundle; at least 1.
  package var loadDeadline: Int
  /// Limit of the JavaScript heap in MiB; 0 is the engine's default. In one process the first runtime's value holds.
  package var heapMegabytes: Int
  /// With less available memory than this, in bytes, the engine is not started: the system would end the process.
  package var minimumAvailableMemory: Int
  /// Bytes that the process may still take; nil when that is not known, and the engine is started.
  package var availableMemory: @Sendable () -> Int?

  /// - Parameters:
  ///   - minimumAvailableMemory: by default what the engine takes at its start and a part of it more: 12 MiB for Node,
  ///     2 MiB for JavaScriptCore.
  ///   - availableMemory: by default `os_proc_available_memory`, where Apple offers it.
  package init(
    bundlePath: String,
    configuration: GuestConfiguration,
    loadDeadline: Int,
    heapMegabytes: Int,
    minimumAvailableMemory: Int = RuntimeEngine.minimumAvailableMemory,
    availableMemory: @escaping @Sendable () -> Int? = { AvailableMemory.ofProcess() }
  ) {
    self.bundlePath = bundlePath
    self.configuration = configuration
    self.loadDeadline = loadDeadline
    self.heapMegabytes = heapMegabytes
    self.minimumAvailableMemory = minimumAvailableMemory
    self.availableMemory = availableMemory
  }
}

/// The engine that is linked to this program.
package enum RuntimeEngine {
  /// `node` or `jsc`.
  package static var name: String { String(cString: ba_engine_name()) }
  package static var version: String { String(cString: ba_engine_version()) }

  /// Bytes. An environment of Node takes 9.5 MB, a context of JavaScriptCore 1 MB.
  package static var minimumAvailableMemory: Int { (name == "node" ? 12 : 2) << 20 }
}
