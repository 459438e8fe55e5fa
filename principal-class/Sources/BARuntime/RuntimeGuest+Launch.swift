import BAMessages
package import BAPrincipal
import CBARuntime
import Foundation

extension RuntimeGuest {
  /// Starts the engine on a thread of its own and loads the handler; blocks until that has come to an end.
  ///
  /// Throws a `LaunchFailure` with the code
  /// - `BA_MEMORY_LOW`: the process has too little memory left for the engine,
  /// - `BA_ENGINE`: the engine could not be started, or died,
  /// - `BA_LOAD_FAILED`: the bundle cannot be read, did not parse, threw, exported no handler, or did not load in time;
  ///   `guestError` says which.
  package static func launch(
    _ options: RuntimeOptions, hooks: GuestHooks
  ) throws(LaunchFailure) -> RuntimeGuest {
    try checkMemory(options)
    let runtime = try Runtime(hooks: hooks, heapMegabytes: options.heapMegabytes)
    do throws(LaunchFailure) {
      return RuntimeGuest(runtime: runtime, callbacks: try load(options, into: runtime))
    } catch {
      runtime.terminate()
      throw error
    }
  }

  private static func checkMemory(_ options: RuntimeOptions) throws(LaunchFailure) {
    guard let available = options.availableMemory(), available < options.minimumAvailableMemory else { return }
    throw LaunchFailure(
      code: "BA_MEMORY_LOW",
      message: """
        The engine \(RuntimeEngine.name) was not started: the system leaves \(available) bytes to this process, \
        \(options.minimumAvailableMemory) are needed.
        """)
  }

  /// The names of the handler's callbacks.
  private static func load(_ options: RuntimeOptions, into runtime: Runtime) throws(LaunchFailure) -> [String] {
    let configuration: Data
    do {
      configuration = try JSON.encode(options.configuration)
    } catch {
      throw LaunchFailure(
        code: "BA_LOAD_FAILED", message: "The configuration of the handler cannot be written as JSON: \(error)")
    }
    let recipient = Recipient()
    let status = Data(options.bundlePath.utf8).withText { path in
      configuration.withText { configuration in
        recipient.lend { userData in
          let deadline = milliseconds(options.loadDeadline)
          return ba_runtime_load(runtime.handle.pointer, path, configuration, deadline, Recipient.onReply, userData)
        }
      }
    }
    guard status == BA_OK else { throw LaunchFailure(code: "BA_ENGINE", message: lastError()) }
    guard let answer = recipient.wait(limit: limit(options.loadDeadline)) else {
      throw late("The engine did not load the handler, long after its deadline of \(options.loadDeadline) ms.")
    }
    return try callbacks(of: answer)
  }

  private static func callbacks(of answer: Recipient.Answer) throws(LaunchFailure) -> [String] {
    let text = String(decoding: answer.text, as: UTF8.self)
    switch answer.status {
    case BA_OK:
      guard let loaded = try? JSON.decode(Loaded.self, from: answer.text) else {
        throw refused(GuestError(code: "BA_LOAD_FAILED", message: "start() of the bundle returned no guest: \(text)"))
      }
      return loaded.callbacks
    case BA_ERROR_LOAD:
      // A handler may throw anything.
      let error = try? JSON.decode(GuestError.self, from: answer.text)
      throw refused(error ?? GuestError(code: "BA_LOAD_FAILED", message: text))
    case BA_ERROR_DEADLINE:
      throw late(text)
    default:
      throw LaunchFailure(code: "BA_ENGINE", message: text)
    }
  }

  private static func late(_ message: String) -> LaunchFailure {
    refused(GuestError(code: "BA_LOAD_DEADLINE", message: message))
  }

  private static func refused(_ error: GuestError) -> LaunchFailure {
    LaunchFailure(
      code: "BA_LOAD_FAILED", message: "The handler could not be loaded: \(error.message)", guestError: error)
  }
}

/// What C answers to a load.
private struct Loaded: Decodable {
  let callbacks: [String]
}
