internal import BAMessages
internal import Foundation

/// The principal class's own records: small JSON files in the container.
enum Records {
  /// The only version that there is; a file of another one counts as absent.
  enum Version: Int, Codable {
    case first = 1
  }

  private static let turn = NSLock()

  /// Runs what reads, changes and writes a record after everything that does the same in this process.
  static func inTurn(_ task: () throws(FileError) -> Void) throws(FileError) {
    turn.lock()
    defer { turn.unlock() }
    try task()
  }

  /// Nil for what is absent or cannot be understood: the system may purge the folder at any time.
  static func read<Content: Decodable>(_ type: Content.Type, from path: String) throws(FileError) -> Content? {
    guard let data = try Files.read(path) else { return nil }
    return try? JSON.decode(type, from: data)
  }

  /// Writes where it is possible: a volume that is full must not cost a file that is there already.
  static func write(_ content: some Encodable, to path: String, in container: Container, mode: mode_t = 0o644) {
    guard let data = try? JSON.encode(content) else { return }
    try? Files.writeAtomically(data, to: path, in: container, mode: mode)
  }
}
