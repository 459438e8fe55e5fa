/// What earlier calls left behind.
struct Leftovers: Sendable {
  /// Files to offer again, oldest first.
  let kept: [Offerable]
  /// Those that the system has purged from staging.
  let purged: [Sidecar]
}

extension Container {
  /// Looks through what earlier calls left, finishes what a kill has cut off, and removes what is of no use any more.
  /// - Parameters:
  ///   - except: where the file of the message that has come would be staged; it is taken over on its own.
  ///   - isOffered: whether another call of this process has to do with the staged file of a path; it is left alone.
  ///     The answer must hold until this returns.
  func clearUp(except: String?, isOffered: (String) -> Bool) throws(FileError) -> Leftovers {
    Files.sweepTemporary(of: self)
    let entries = try stagedEntries().filter { $0.path != except && !isOffered($0.path) }
    if entries.isEmpty { return Leftovers(kept: [], purged: []) }
    let settled = try settledFiles()
    var kept: [Offerable] = []
    var purged: [Sidecar] = []
    for entry in entries {
      let end = entry.sidecar.flatMap { settled[$0.download.uniqueIdentifier] }
      switch (entry.sidecar, entry.bytes) {
      case (_, .some) where end == .deleted:
        // Given up, and killed before it was gone.
        try discard(entry.path)
      case (let sidecar?, let bytes?):
        if sidecar.attempt < Self.maximumOffers {
          kept.append(Offerable(path: entry.path, sidecar: sidecar, bytes: bytes))
        }
      case (nil, .some):
        // Its sidecar cannot be read: it waits for its message.
        continue
      case (let sidecar, nil):
        if try settleClaim(entry) != nil { continue }
        // With attempt 0 it never came: the system has it still.
        if let sidecar, sidecar.attempt > 0, end == nil { purged.append(sidecar) }
        try discard(entry.path)
      }
    }
    return Leftovers(kept: kept, purged: purged)
  }

  /// Files that were offered as often as a file is, besides those that are offered now; oldest first.
  /// - Parameter offered: absolute paths.
  func exhausted(besides offered: Set<String>) throws(FileError) -> [Offerable] {
    try stagedEntries().compactMap { entry in
      guard let sidecar = entry.sidecar, let bytes = entry.bytes, sidecar.attempt >= Self.maximumOffers,
        !offered.contains(entry.path)
      else { return nil }
      return Offerable(path: entry.path, sidecar: sidecar, bytes: bytes)
    }
  }
}
