package import BAMessages
package import BAPrincipal
import Foundation

/// The shared defaults of the app group as the file that `UserDefaults(suiteName:)` would keep, as XML. What cannot be
/// read is never overwritten. The twin of `src/principal/settings-file.ts`.
package final class FileSettings: SettingsStore {
  private let container: Container
  /// Relative to the container.
  private let name: String
  /// Held while the file is read, changed and written.
  private let lock = NSLock()

  package init(container: String, applicationGroupIdentifier: String) {
    self.container = Container(path: container)
    name = "Library/Preferences/\(applicationGroupIdentifier).plist"
  }

  private var path: String { "\(container.path)/\(name)" }

  package func value(forKey key: String) throws(GuestError) -> PropertyListValue? {
    try all()[key]
  }

  package func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError) {
    lock.lock()
    defer { lock.unlock() }
    var all = try all()
    guard value != nil || all[key] != nil else { return }
    all[key] = value
    let text = try PropertyListWriter.text(of: all)
    do {
      // They may hold what is private to the user.
      try Files.writeAtomically(text, to: path, in: container, mode: 0o600)
    } catch {
      throw failure("cannot be written: the file system refused (\(error.name))")
    }
  }

  private func all() throws(GuestError) -> [String: PropertyListValue] {
    let text: Data?
    do {
      text = try Files.read(path)
    } catch {
      throw failure("cannot be read: the file system refused (\(error.name))")
    }
    guard let text else { return [:] }
    do {
      return try PropertyListReader.read(text)
    } catch {
      throw GuestError(
        code: "BA_SETTINGS_UNREADABLE",
        message: "The shared defaults cannot be read: \(name) \(error.why).",
        hint:
          "Write the file as an XML property list, or remove it; `plutil -convert xml1` turns a binary one into XML.")
    }
  }

  private func failure(_ what: String) -> GuestError {
    GuestError(code: "BA_STORAGE_FAILED", message: "The shared defaults \(what).")
  }
}
