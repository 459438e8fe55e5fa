package import BAMessages
package import BAPrincipal
import CBARuntime
import Foundation

/// A handler in the engine that is linked to this program. Holds the hooks until `stop`.
package final class RuntimeGuest: Guest {
  package let callbacks: [String]
  private let runtime: Runtime
  /// Why we ended an engine that would still run; the first reason counts.
  private let failure = Locked<String?>(nil)

  /// The engine keeps the deadlines; this many milliseconds later nobody waits for it.
  private static let grace = 2_000

  init(runtime: Runtime, callbacks: [String]) {
    self.runtime = runtime
    self.callbacks = callbacks
  }

  package func dispatch(
    _ event: GuestEvent, deadline: Int, onDownload: @escaping @Sendable (URLDownload) -> Void
  ) -> DispatchOutcome {
    let json: Data
    do {
      json = try JSON.encode(event)
    } catch {
      return .engine(end("The event cannot be written as JSON: \(error)"))
    }
    let recipient = Recipient(onDownload: onDownload)
    let status = json.withText { text in
      recipient.lend { userData in
        var event = ba_event()
        event.struct_size = MemoryLayout<ba_event>.size
        event.json = text
        event.deadline = Self.milliseconds(deadline)
        event.on_download = Recipient.onDownload
        event.on_reply = Recipient.onReply
        event.user_data = userData
        return ba_runtime_dispatch(runtime.handle.pointer, &event)
      }
    }
    guard status == BA_OK else { return outcome(status, lastError()) }
    guard let answer = recipient.wait(limit: Self.limit(deadline)) else {
      return .deadline(end("The engine did not answer within \(Self.grace) ms after its deadline of \(deadline) ms."))
    }
    guard answer.status == BA_OK else { return outcome(answer.status, String(decoding: answer.text, as: UTF8.self)) }
    do {
      return .answered(try JSON.decode(GuestReply.self, from: answer.text))
    } catch {
      return .engine(end("The engine was ended, because the guest's answer cannot be read: \(error)"))
    }
  }

  package func stop() {
    runtime.stop()
  }

  /// Ends an engine that cannot be relied on. Every event, waiting or to come, gets the reason that is returned.
  private func end(_ reason: String) -> String {
    let first = failure.withLock { failure in
      let first = failure ?? reason
      failure = first
      return first
    }
    runtime.terminate()
    return first
  }

  private func outcome(_ status: ba_status, _ text: String) -> DispatchOutcome {
    switch status {
    case BA_ERROR_DEADLINE:
      return .deadline(text)
    case BA_ERROR_STOPPED, BA_ERROR_WRONG_STATE:
      // We stop an engine that failed, too.
      guard let failure = failure.withLock({ $0 }) else { return .stopped(text) }
      return .engine(failure)
    default:
      return .engine(text)
    }
  }

  /// As C counts; there, 0 would be no deadline at all.
  static func milliseconds(_ deadline: Int) -> UInt32 {
    UInt32(clamping: max(deadline, 1))
  }

  /// When waiting ends, whatever the engine does.
  static func limit(_ deadline: Int) -> Int {
    Int(milliseconds(deadline)) + grace
  }
}
