import BAMessages
import BAPrincipal
import CBARuntime
import Foundation

/// Who waits for the answer to a load or an event: the `user_data` of its callbacks. C owns a reference until the one
/// answer has come, however late, so that nobody who stopped waiting is missed.
final class Recipient: Sendable {
  struct Answer: Sendable {
    let status: ba_status
    /// JSON of the guest, or a message for people.
    let text: Data
  }

  private struct State {
    var answer: Answer?
    var isWaiting = true
  }

  private let state = Locked(State())
  private let answered = DispatchSemaphore(value: 0)
  private let onDownload: @Sendable (URLDownload) -> Void

  init(onDownload: @escaping @Sendable (URLDownload) -> Void = { _ in }) {
    self.onDownload = onDownload
  }

  /// Makes a call that takes callbacks; C owns a reference when it returns `BA_OK`.
  func lend(to call: (_ userData: UnsafeMutableRawPointer) -> ba_status) -> ba_status {
    let reference = Unmanaged.passRetained(self)
    let status = call(reference.toOpaque())
    if status != BA_OK { reference.release() }
    return status
  }

  /// Blocks. Nil when the limit has passed; no download is told after this has returned.
  /// - Parameter limit: milliseconds from now.
  func wait(limit: Int) -> Answer? {
    _ = answered.wait(timeout: .now() + .milliseconds(limit))
    return state.withLock { state in
      state.isWaiting = false
      return state.answer
    }
  }

  static let onReply: ba_reply_callback = { userData, status, text in
    guard let userData else { return }
    let recipient = Unmanaged<Recipient>.fromOpaque(userData).takeRetainedValue()
    let answer = Answer(status: status, text: Data(text))
    recipient.state.withLock { $0.answer = answer }
    recipient.answered.signal()
  }

  static let onDownload: ba_download_callback = { userData, download in
    guard let userData, let download else { return }
    let recipient = Unmanaged<Recipient>.fromOpaque(userData).takeUnretainedValue()
    guard recipient.state.withLock({ $0.isWaiting }) else { return }
    recipient.onDownload(URLDownload(download.pointee))
  }
}
