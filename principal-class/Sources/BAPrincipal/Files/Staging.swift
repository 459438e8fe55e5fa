internal import BAMessages

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Where a claimed file lies now.
struct Claim: Sendable, Equatable {
  /// Absolute.
  let path: String
  let bytes: Int
}

/// A finished file while its handler runs.
struct StagedFile: Sendable, Equatable {
  let download: DownloadRecord
  /// Absolute, in the staging folder.
  let path: String
  let bytes: Int
  /// How often it has been offered, this time included.
  let attempt: Int
  /// Milliseconds since 1970.
  let stagedAt: Double

  /// Names the file in host calls; void when the event has been answered.
  var token: String { download.uniqueIdentifier }
}

/// A staged file, its size known.
struct Offerable: Sendable, Equatable {
  let path: String
  let sidecar: Sidecar
  let bytes: Int
}

/// A file whose message the system has sent.
enum Taken: Sendable, Equatable {
  case staged(StagedFile)
  /// Its message came before, and nobody wrote down the answer.
  case settled(SettledFile)
  /// It has been offered as often as a file is.
  case exhausted(StagedFile)
  case gone
}

/// A finished file dies when the system's call returns, so it moves into staging before JavaScript is told, and from
/// there to its final place, each time by one rename on one volume. At any moment it is in one place, and its sidecar
/// says which step was under way.
extension Container {
  /// Takes a finished file over from the system, or from where an earlier delivery of the same message left it.
  /// - Parameter now: milliseconds since 1970.
  func takeOver(_ download: DownloadRecord, from systemPath: String, now: Double) throws(FileError) -> Taken {
    let entry = try stagedEntry(stagingPath(download.uniqueIdentifier))
    if !Paths.areEqual(systemPath, entry.path),
      let withSystem = try Files.attributes(systemPath, followingLinks: true)
    {
      guard withSystem.kind == .file else { throw FileError(number: EISDIR) }
      let sidecar = Sidecar(download: download, attempt: 0, stagedAt: now, bytes: withSystem.size)
      try moveHere(systemPath, to: entry.path, sidecar)
      return .staged(offer(Offerable(path: entry.path, sidecar: sidecar, bytes: sidecar.bytes)))
    }
    var settled = try settleClaim(entry)
    if settled == nil { settled = try settledFiles()[download.uniqueIdentifier] }
    // A file that is here all the same was given up, and its deletion cut off.
    if let settled, entry.bytes == nil || settled == .deleted {
      try discard(entry.path)
      return .settled(settled)
    }
    guard let bytes = entry.bytes else {
      try discard(entry.path)
      return .gone
    }
    let sidecar = entry.sidecar ?? Sidecar(download: download, attempt: 0, stagedAt: now, bytes: bytes)
    let here = Offerable(path: entry.path, sidecar: sidecar, bytes: bytes)
    return sidecar.attempt < Self.maximumOffers ? .staged(offer(here)) : .exhausted(StagedFile(here))
  }

  private func moveHere(_ systemPath: String, to path: String, _ sidecar: Sidecar) throws(FileError) {
    try rememberSettled(nil, of: sidecar.download.uniqueIdentifier)
    writeSidecar(sidecar, of: path)
    do throws(FileError) {
      try Files.rename(systemPath, into: path)
    } catch {
      try removeSidecar(path)
      throw error
    }
  }

  /// Ends the stay of a file that a process moved to its place and was killed. Nil where that is not what happened.
  func settleClaim(_ entry: StagedEntry) throws(FileError) -> SettledFile? {
    guard let sidecar = entry.sidecar, let claim = sidecar.claim, entry.bytes == nil else { return nil }
    let settled = SettledFile.claimed(.init(path: claim, bytes: sidecar.bytes))
    try forgetDownload(sidecar.download, since: sidecar.stagedAt)
    try endStay(of: entry.path, sidecar.download.uniqueIdentifier, settled)
    return settled
  }

  /// Counts an offer, before it is made.
  func offer(_ kept: Offerable) -> StagedFile {
    let sidecar = Sidecar(
      download: kept.sidecar.download, attempt: kept.sidecar.attempt + 1, stagedAt: kept.sidecar.stagedAt,
      bytes: kept.bytes)
    writeSidecar(sidecar, of: kept.path)
    return StagedFile(Offerable(path: kept.path, sidecar: sidecar, bytes: kept.bytes))
  }

  /// Moves a file out of staging. Where it goes is written down first.
  /// - Parameter target: absolute, in the container.
  func claim(_ file: StagedFile, into target: String) throws(FileError) -> Claim {
    var sidecar = Sidecar(
      download: file.download, attempt: file.attempt, stagedAt: file.stagedAt, bytes: file.bytes,
      claim: relative(target))
    writeSidecar(sidecar, of: file.path)
    do throws(FileError) {
      try Files.rename(file.path, into: target)
    } catch {
      // A file that the system purges later must not look claimed.
      sidecar.claim = nil
      writeSidecar(sidecar, of: file.path)
      throw error
    }
    return Claim(path: target, bytes: file.bytes)
  }

  /// Ends the stay of a file that was claimed or given up: first on record, so that a kill in between finds the record.
  func endStay(of path: String, _ uniqueIdentifier: String, _ settled: SettledFile) throws(FileError) {
    try rememberSettled(settled, of: uniqueIdentifier)
    try discard(path)
  }

  /// Removes what is left in staging under one name.
  func discard(_ path: String) throws(FileError) {
    try Files.remove(path)
    try removeSidecar(path)
  }
}

extension StagedFile {
  fileprivate init(_ staged: Offerable) {
    let sidecar = staged.sidecar
    self.init(
      download: sidecar.download, path: staged.path, bytes: staged.bytes, attempt: sidecar.attempt,
      stagedAt: sidecar.stagedAt)
  }
}
