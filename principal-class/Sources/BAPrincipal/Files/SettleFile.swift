internal import BAMessages

/// Something to tell the developer.
struct Note: Sendable, Equatable {
  let severity: Observation.Severity
  let error: GuestError
}

/// How the staging of a file has ended.
struct Settlement: Sendable, Equatable {
  let file: SettledFile
  let note: Note?
}

extension Container {
  /// Ends the staging of a file: claimed files have left, files that a handler gave up go, and those of a handler that
  /// failed, or asked for it, stay.
  /// - Parameters:
  ///   - claim: what the handler's `moveTo` came to.
  ///   - kept: whether the handler asked to be offered the file again.
  func settle(
    _ file: StagedFile, outcome: Outcome, claim: Claim?, kept: Bool
  ) throws(FileError) -> Settlement {
    if let claim {
      let claimed = SettledFile.claimed(.init(path: relative(claim.path), bytes: claim.bytes))
      try end(file, claimed)
      return Settlement(file: claimed, note: nil)
    }
    switch outcome {
    case .failed, .deadline, .engine:
      return keptFile(file)
    case .answered where kept:
      return keptFile(file, asked: true)
    case .answered, .notImplemented:
      try end(file, .deleted)
      return Settlement(file: .deleted, note: notClaimed(file.download, isImplemented: outcome == .answered))
    }
  }

  private func end(_ file: StagedFile, _ settled: SettledFile) throws(FileError) {
    try forgetDownload(file.download, since: file.stagedAt)
    try endStay(of: file.path, file.download.uniqueIdentifier, settled)
  }

  /// A file whose message came before, to a process or a system that was killed then.
  static func settledEarlier(_ download: DownloadRecord, _ file: SettledFile) -> Settlement {
    guard case .claimed(let claimed) = file else {
      return Settlement(file: file, note: notClaimed(download, isImplemented: true))
    }
    let message =
      "\(nameOf(download)) was moved to \(claimed.path) already, before the system or the extension was killed."
    let error = GuestError(code: "BA_FILE_CLAIMED_EARLIER", message: message)
    return Settlement(file: file, note: Note(severity: .info, error: error))
  }

  /// - Parameter asked: whether the handler asked for it; else it failed.
  func keptFile(_ file: StagedFile, asked: Bool = false) -> Settlement {
    let kept = SettledFile.kept(.init(path: relative(file.path), bytes: file.bytes))
    let name = nameOf(file.download)
    if file.attempt >= Self.maximumOffers {
      let message =
        "\(name) was offered \(file.attempt) times and is offered no more. "
        + "It stays in staging until the system purges it."
      let error = GuestError(code: "BA_FILE_UNCLAIMED", message: message)
      return Settlement(file: kept, note: Note(severity: .warning, error: error))
    }
    let why = asked ? "asked for it" : "failed"
    let message = "\(name) stays in staging, because downloadFinished \(why)."
    return Settlement(
      file: kept, note: Note(severity: .info, error: GuestError(code: "BA_FILE_KEPT", message: message)))
  }
}

/// - Parameter isImplemented: whether the handler has the callback.
private func notClaimed(_ download: DownloadRecord, isImplemented: Bool) -> Note {
  let name = nameOf(download)
  let error =
    isImplemented
    ? GuestError(
      code: "BA_FILE_NOT_CLAIMED",
      message: "\(name) was deleted: downloadFinished returned without moving or keeping it.",
      hint: "Await file.moveTo(path), or file.keep(), before the callback returns.")
    : GuestError(
      code: "BA_FILE_NOT_CLAIMED",
      message: "\(name) was deleted: the handler has no downloadFinished.",
      hint: "Add downloadFinished, and await file.moveTo(path) in it.")
  return Note(severity: .warning, error: error)
}

/// A finished file as messages to people call it.
func nameOf(_ download: DownloadRecord) -> String {
  "The file of download \(JSON.quoted(download.identifier))"
}
