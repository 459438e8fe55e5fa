import BAMessages
import BAPrincipal
import CBARuntime
import Foundation

/// What the host lends to the handler: the `user_data` of a runtime, which owns a reference until it is destroyed.
final class HostServices: Sendable {
  private struct State {
    /// Nil before there is a runtime and after it was stopped: the hooks may hold the guest that holds this.
    var hooks: GuestHooks?
    var runtime: RuntimeHandle?
  }

  private let state: Locked<State>

  init(_ hooks: GuestHooks) {
    state = Locked(State(hooks: hooks))
  }

  /// Before the first callback.
  func begin(for runtime: RuntimeHandle) {
    state.withLock { $0.runtime = runtime }
  }

  /// Nothing is asked any more. Answers that are due may still come.
  func end() {
    state.withLock { $0.hooks = nil }
  }

  static let callbacks: ba_host_services = {
    var services = ba_host_services()
    services.struct_size = MemoryLayout<ba_host_services>.size
    services.on_host_call = { userData, id, call in
      HostServices.from(userData)?.answer(id, Data(call))
    }
    services.on_log = { userData, level, message in
      HostServices.from(userData)?.log(LogLevel(level), String(message))
    }
    return services
  }()

  private static func from(_ userData: UnsafeMutableRawPointer?) -> HostServices? {
    userData.map { Unmanaged<HostServices>.fromOpaque($0).takeUnretainedValue() }
  }

  private func answer(_ id: UInt64, _ json: Data) {
    let state = state.withLock { $0 }
    guard let hooks = state.hooks, let runtime = state.runtime else { return }
    do {
      let call = try JSON.decode(HostCall.self, from: json)
      hooks.onHostCall(call) { runtime.answer(id, $0, to: call.name) }
    } catch {
      let message = "The handler called a service in a way that cannot be read."
      runtime.answer(id, .failure(error: GuestError(code: "BA_HOST_CALL_INVALID", message: message)), to: "")
    }
  }

  private func log(_ level: LogLevel, _ message: String) {
    state.withLock { $0.hooks }?.onLog(level, message)
  }
}
