internal import BAMessages
package import BAPrincipal
internal import Foundation

/// The one principal of the process, made of the current device at the first call of the system. One that cannot be
/// made leaves a line in the log, and the next call tries again.
package final class ExtensionPrincipal: Sendable {
  package static let shared = ExtensionPrincipal()

  /// Hears what a call came to, on the thread that answers it, before the call returns. Where it is set, the
  /// observations are its to report. For the process of a simulated system, which tells its calls apart with it.
  @TaskLocal package static var onReply: (@Sendable (PrincipalReply) -> Void)?

  private struct Ready {
    let principal: Principal
    let device: Device
  }

  private let ready = Locked<Ready?>(nil)
  private let making = DispatchQueue(label: "ba-extension.principal", qos: .userInitiated)
  private let makingLimit: Int
  private let isMainThread: @Sendable () -> Bool
  private let challenges = CallThreads(limit: 8)

  /// - Parameters:
  ///   - makingLimit: how long a call waits for the device and what is read from there, in milliseconds; the handler,
  ///     which is loaded later, has a deadline of its own.
  ///   - isMainThread: whether the calling thread is the main one.
  package init(makingLimit: Int = 5_000, isMainThread: @escaping @Sendable () -> Bool = { Thread.isMainThread }) {
    self.makingLimit = makingLimit
    self.isMainThread = isMainThread
  }

  /// Ends the engine and gives back what it held. Another call would start anew.
  package func shutDown() {
    let ready = ready.withLock { ready in
      defer { ready = nil }
      return ready
    }
    ready?.principal.shutDown()
  }

  /// Answers a call of the system, on any thread. Nil where there is no principal.
  /// - Parameter value: makes what the system gets of a reply.
  func answer<Value: Sendable>(
    _ message: SystemMessage, to calls: ExtensionCalls,
    _ value: @escaping @Sendable (inout PrincipalReply, ExtensionConfiguration) -> Value
  ) -> Value? {
    let onReply = Self.onReply
    guard isMainThread() else { return handle(message, calls, onReply, value) }
    // Nothing of ours may run on the main thread: it only waits.
    let answer = Locked<Value?>(nil)
    let done = DispatchSemaphore(value: 0)
    DispatchQueue(label: "ba-extension.call", qos: .userInitiated).async {
      let value = self.handle(message, calls, onReply, value)
      answer.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    return answer.withLock { $0 }
  }

  @discardableResult
  func answer(_ message: SystemMessage, to calls: ExtensionCalls) -> SystemAnswer? {
    answer(message, to: calls) { reply, _ in reply.answer }
  }

  /// Waits without a thread of Swift's pool.
  func answer(_ message: SystemMessage, to calls: ExtensionCalls) async -> SystemAnswer? {
    let onReply = Self.onReply
    return await withCheckedContinuation { continuation in
      challenges.run {
        continuation.resume(returning: self.handle(message, calls, onReply) { reply, _ in reply.answer })
      }
    }
  }

  private func handle<Value>(
    _ message: SystemMessage, _ calls: ExtensionCalls, _ onReply: (@Sendable (PrincipalReply) -> Void)?,
    _ value: (inout PrincipalReply, ExtensionConfiguration) -> Value
  ) -> Value? {
    guard let ready = ready(for: calls) else { return nil }
    var reply = ready.principal.handle(message)
    let value = value(&reply, ready.device.configuration)
    if let onReply {
      onReply(reply)
    } else {
      ready.device.write(reply, to: message.callback)
    }
    return value
  }

  private func ready(for calls: ExtensionCalls) -> Ready? {
    if let ready = ready.withLock({ $0 }) { return ready }
    let done = DispatchSemaphore(value: 0)
    making.async {
      self.make(for: calls)
      done.signal()
    }
    guard done.wait(timeout: .now() + .milliseconds(makingLimit)) == .success else {
      ExtensionLog.write(.slowDevice)
      return nil
    }
    return ready.withLock { $0 }
  }

  /// On the queue of its own, so that one is made only.
  private func make(for calls: ExtensionCalls) {
    guard ready.withLock({ $0 == nil }) else { return }
    do throws(DeviceFailure) {
      let device = try Device.current()
      guard device.configuration.mode == calls.mode else { throw .otherMode(device.configuration.mode, calls.mode) }
      let principal = Principal(device: device, nativeFunctions: calls.nativeFunctions())
      ready.withLock { $0 = Ready(principal: principal, device: device) }
    } catch {
      ExtensionLog.write(error)
    }
  }
}
