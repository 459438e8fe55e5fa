import BAPrincipal
import CBARuntime
import Foundation

/// Owns a `ba_runtime` and what it calls back.
final class Runtime: Sendable {
  let handle: RuntimeHandle
  private let services: HostServices

  /// Milliseconds that `stop` waits for a JavaScript thread; one that is inside a native call ends later.
  private static let stopDeadline: UInt32 = 1_000

  init(hooks: GuestHooks, heapMegabytes: Int) throws(LaunchFailure) {
    guard ba_abi_version() == BA_ABI_VERSION else {
      let versions = "The engine has version \(ba_abi_version()) of ba_runtime.h, this program \(BA_ABI_VERSION)."
      throw LaunchFailure(code: "BA_ENGINE", message: versions)
    }
    services = HostServices(hooks)
    let reference = Unmanaged.passRetained(services)
    var pointer: OpaquePointer?
    var options = ba_runtime_options()
    options.struct_size = MemoryLayout<ba_runtime_options>.size
    options.user_data = reference.toOpaque()
    options.heap_megabytes = UInt32(clamping: heapMegabytes)
    // Each event that waits blocks a thread of the caller's: that is limit enough.
    options.queue_capacity = .max
    let status = withUnsafePointer(to: HostServices.callbacks) { callbacks in
      options.services = callbacks
      return ba_runtime_create(&options, &pointer)
    }
    guard status == BA_OK, let pointer else {
      reference.release()
      throw LaunchFailure(code: "BA_ENGINE", message: lastError())
    }
    handle = RuntimeHandle(pointer: pointer)
    services.begin(for: handle)
  }

  func stop() {
    _ = ba_runtime_stop(handle.pointer, Self.stopDeadline)
    services.end()
  }

  /// Ends JavaScript without waiting for it.
  func terminate() {
    _ = ba_runtime_stop(handle.pointer, 0)
  }

  deinit {
    services.end()
    // The last reference may go inside a callback, which destroying waits for.
    let (handle, services) = (handle, services)
    DispatchQueue.global(qos: .utility).async {
      // A JavaScript thread that is stuck keeps what it may call.
      guard ba_runtime_destroy(handle.pointer) == BA_OK else { return }
      Unmanaged.passUnretained(services).release()
    }
  }
}
