import BAMessages
import CBARuntime
import Foundation

/// A `ba_runtime *`. Every function may be called from any thread, also when it was destroyed: C recognises that.
struct RuntimeHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Answers a host call. Nothing happens when it was answered before, or nobody waits any more.
  func answer(_ id: UInt64, _ reply: HostReply, to name: String) {
    _ = encode(reply, to: name).withText { ba_runtime_answer_host_call(pointer, id, $0) }
  }

  private func encode(_ reply: HostReply, to name: String) -> Data {
    do {
      return try JSON.encode(reply)
    } catch {
      let message = JSON.quoted("The answer to \(name) cannot be written as JSON: \(error)")
      return Data(#"{"ok":false,"error":{"code":"BA_INTERNAL","message":\#(message)}}"#.utf8)
    }
  }
}
