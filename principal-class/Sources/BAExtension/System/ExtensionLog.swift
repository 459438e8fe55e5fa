package import BAMessages
internal import BAPrincipal

/// Where the extension's lines go on a device: to unified logging, and to a file that the app can read
/// (`PersistedLog`).
///
/// In unified logging the subsystem is the extension's bundle identifier, the category who speaks: `handler` or
/// `principal`. The words of the handler, and what comes with errors that it threw, are private there in release builds
/// and public in debug builds: only the developer knows what is in them, and the log of a device has many readers. The
/// file has them in full, since nobody but extension and app can read it.
package struct ExtensionLog: Sendable {
  private let persisted: PersistedLog
  private let unified: UnifiedLogging

  init(container: String, unified: UnifiedLogging = UnifiedLogging()) {
    persisted = PersistedLog(folder: Container(path: container).ownPath)
    self.unified = unified
  }

  func write(_ entry: LogEntry) {
    unified.write(entry)
    persist(LogLine(entry))
  }

  func write(_ observation: Observation) {
    unified.write(observation)
    persist(LogLine(observation))
  }

  private func persist(_ line: LogLine) {
    do throws(FileError) {
      try persisted.append(line)
    } catch {
      // A call must not fail because its log does.
      let message = "The log in the container of the app group cannot be written (\(error.name))."
      unified.write(LogEntry(level: .error, message: message, source: .principal))
    }
  }
}

extension ExtensionLog {
  /// For as long as there is no device, and so no container.
  package static func write(_ entry: LogEntry) {
    UnifiedLogging().write(entry)
  }

  package static func write(_ failure: DeviceFailure) {
    let message = "\(failure.code): \(failure.message) \(failure.hint)"
    UnifiedLogging().write(LogEntry(level: .error, message: message, source: .principal))
  }
}
