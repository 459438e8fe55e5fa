internal import Synchronization

/// Where posted notifications go. Posting fails where nothing takes them.
@_spi(BASimulation)
public enum DarwinNotifications {
  /// `NOTIFY_STATUS_FAILED` of notify.h.
  static let failed: UInt32 = 1_000_000

  private static let centers = Mutex<[(id: Int, take: @Sendable (String) -> Bool)]>([])

  /// The center gets the name, on the thread that posts, and says whether it takes it. Returns what takes it away again.
  @discardableResult
  public static func add(center: @escaping @Sendable (_ name: String) -> Bool) -> @Sendable () -> Void {
    let id = centers.withLock { centers in
      let id = (centers.last?.id ?? 0) + 1
      centers.append((id, center))
      return id
    }
    return { centers.withLock { $0.removeAll { $0.id == id } } }
  }

  static func post(_ name: String) -> UInt32 {
    centers.withLock { $0 }.contains { $0.take(name) } ? 0 : failed
  }
}
