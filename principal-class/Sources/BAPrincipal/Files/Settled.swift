internal import BAMessages

/// How the last files ended. A system that is killed before it has written down an answer delivers its message again;
/// the file has left by then, and only this tells whether it was claimed, given up or lost.
struct SettledFiles: Codable {
  struct Entry: Codable {
    let uniqueIdentifier: String
    let file: SettledFile
  }

  private var version = Records.Version.first
  /// Oldest first.
  private var files: [Entry] = []

  init() {}

  subscript(uniqueIdentifier: String) -> SettledFile? {
    files.last { $0.uniqueIdentifier == uniqueIdentifier }?.file
  }

  /// Puts the end of a file on record. Nil: it is here again. Returns whether that changes anything.
  fileprivate mutating func record(_ file: SettledFile?, of uniqueIdentifier: String) -> Bool {
    // A system delivers one result after another: few can be in doubt at a time.
    let remembered = 32
    let before = files.count
    files.removeAll { $0.uniqueIdentifier == uniqueIdentifier }
    guard let file else { return files.count < before }
    files = (files + [Entry(uniqueIdentifier: uniqueIdentifier, file: file)]).suffix(remembered)
    return true
  }
}

extension Container {
  private var settledPath: String { Paths.joined(ownPath, "settled.json") }

  func settledFiles() throws(FileError) -> SettledFiles {
    try Records.read(SettledFiles.self, from: settledPath) ?? SettledFiles()
  }

  /// - Parameter file: nil when it is here again.
  func rememberSettled(_ file: SettledFile?, of uniqueIdentifier: String) throws(FileError) {
    try Records.inTurn { () throws(FileError) in
      var all = try settledFiles()
      if all.record(file, of: uniqueIdentifier) { Records.write(all, to: settledPath, in: self) }
    }
  }
}
