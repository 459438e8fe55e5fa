import BAMessages
import BAPrincipal

/// A host call under way.
final class StartedServiceCall: Sendable {
  private let state = Locked<[HostReply]>([])
  private let stream: AsyncStream<HostReply>
  private let continuation: AsyncStream<HostReply>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(of: HostReply.self)
  }

  func complete(_ reply: HostReply) {
    state.withLock { $0.append(reply) }
    continuation.yield(reply)
    continuation.finish()
  }

  /// Replies that have come: at most one.
  var replies: [HostReply] { state.withLock { $0 } }

  /// Waits for it. Asked for once.
  var reply: HostReply {
    get async {
      for await reply in stream { return reply }
      return .failure(error: GuestError(code: "BA_TEST", message: "The reply was taken before."))
    }
  }
}

extension HostReply {
  var value: JSONValue? {
    guard case .success(let value) = self else { return nil }
    return value
  }

  var error: GuestError? {
    guard case .failure(let error) = self else { return nil }
    return error
  }

  var code: String? { error?.code }
}

/// Shared defaults in memory.
final class MemorySettings: SettingsStore {
  private let values = Locked<[String: PropertyListValue]>([:])

  func value(forKey key: String) throws(GuestError) -> PropertyListValue? {
    values.withLock { $0[key] }
  }

  func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError) {
    values.withLock { $0[key] = value }
  }
}
