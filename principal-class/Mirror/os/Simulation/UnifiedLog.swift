internal import Synchronization

/// A message as the log of a device shows it: private values are redacted.
@_spi(BASimulation)
public struct LoggedMessage: Sendable {
  public let subsystem: String
  public let category: String
  public let type: OSLogType
  public let text: String
}

/// The log of the simulated system. Without a reader, what is logged goes nowhere.
@_spi(BASimulation)
public enum UnifiedLog {
  private static let readers = Mutex<[(id: Int, read: @Sendable (LoggedMessage) -> Void)]>([])

  /// The reader is called on the thread that logs. Returns what takes it away again.
  @discardableResult
  public static func add(reader: @escaping @Sendable (LoggedMessage) -> Void) -> @Sendable () -> Void {
    let id = readers.withLock { readers in
      let id = (readers.last?.id ?? 0) + 1
      readers.append((id, reader))
      return id
    }
    return { readers.withLock { $0.removeAll { $0.id == id } } }
  }

  static func take(_ message: LoggedMessage) {
    for reader in readers.withLock({ $0 }) { reader.read(message) }
  }
}
