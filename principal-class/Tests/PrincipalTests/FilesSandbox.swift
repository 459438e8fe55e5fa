import BAMessages
import Foundation

@testable import BAPrincipal

/// A folder of one test, with the container in it.
final class FilesSandbox: Sendable {
  let path: String
  let container: Container

  init() throws {
    path = Paths.joined(NSTemporaryDirectory(), "ba-files-\(UUID().uuidString)")
    container = Container(path: Paths.joined(path, "container"))
    try Files.makeFolder(container.path)
  }

  deinit {
    try? Files.removeTree(path)
  }

  /// Absolute path of a name in the folder.
  func callAsFunction(_ name: String) -> String { Paths.joined(path, name) }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String {
    let path = self(name)
    try Files.makeFolder(Paths.parent(of: path))
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw FileError(number: EIO)
    }
    return path
  }

  func link(_ name: String, to target: String) throws {
    let path = self(name)
    try Files.makeFolder(Paths.parent(of: path))
    try attempt { symlink(target, path) }
  }

  /// The text of a file; nil where there is none.
  func text(_ name: String) throws -> String? {
    try Files.read(self(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  func json(_ name: String) throws -> JSONValue? {
    try Files.read(self(name)).map { try JSON.decode(JSONValue.self, from: $0) }
  }

  /// Names of all files.
  func files() throws -> [String] { try Files.filesBelow(path) }

  /// Where the files with this content are.
  func copies(of content: String) throws -> [String] {
    try files().filter { try text($0) == content }
  }
}

let own = "container/Library/Caches/ba-extension"
let uniqueIdentifier = "6F1A2B3C-0000-4000-8000-000000000001"
let staged = "\(own)/staging/\(uniqueIdentifier)"

func record(_ identifier: String = "a", _ uniqueIdentifier: String = uniqueIdentifier) -> DownloadRecord {
  DownloadRecord(
    kind: .url, identifier: identifier, uniqueIdentifier: uniqueIdentifier, essential: false, priority: .default,
    state: .finished)
}

func urlDownload(_ identifier: String, url: String = "https://example.com/a") -> URLDownload {
  URLDownload(
    identifier: identifier, request: RequestRecord(url: url, headers: ["Authorization": "secret"]), fileSize: 7,
    essential: false, priority: .default)
}

/// The error that a file operation throws; nil when it throws none.
func failure(_ task: () throws(FileError) -> Void) -> String? {
  do throws(FileError) {
    try task()
    return nil
  } catch {
    return error.name
  }
}
