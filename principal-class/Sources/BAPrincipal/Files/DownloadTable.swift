internal import BAMessages

/// The principal class's own table of what it has scheduled, keyed by identifier: the system's download objects cannot
/// be asked for URL, size or app group. Entries leave when their file has been claimed or given up, or the download was
/// cancelled; one that failed can be scheduled again.
private struct DownloadTable: Codable {
  struct Entry: Codable {
    let request: RequestRecord
    let fileSize: Int
    let essential: Bool
    let priority: Priority
    let applicationGroupIdentifier: String?
    /// Milliseconds since 1970, by the clock of the host.
    let scheduledAt: Double
    /// Known of those that the manager has scheduled, not of those of an answer.
    let uniqueIdentifier: String?

    init(_ download: URLDownload, scheduledAt: Double, uniqueIdentifier: String?) {
      request = download.request
      fileSize = download.fileSize
      essential = download.essential
      priority = download.priority
      applicationGroupIdentifier = download.applicationGroupIdentifier
      self.scheduledAt = scheduledAt
      self.uniqueIdentifier = uniqueIdentifier
    }

    func download(_ identifier: String) -> URLDownload {
      URLDownload(
        identifier: identifier, request: request, fileSize: fileSize, essential: essential, priority: priority,
        applicationGroupIdentifier: applicationGroupIdentifier)
    }
  }

  var version = Records.Version.first
  var downloads: [String: Entry] = [:]
}

extension Container {
  private var tablePath: String { Paths.joined(ownPath, "downloads.json") }

  /// Adds downloads; an identifier that is there already gets its new values.
  /// - Parameters:
  ///   - downloads: with the unique identifiers of those that the manager has scheduled.
  ///   - now: milliseconds since 1970.
  func rememberDownloads(
    _ downloads: [(download: URLDownload, uniqueIdentifier: String?)], now: Double
  ) throws(FileError) {
    if downloads.isEmpty { return }
    try changeTable { table in
      for (download, uniqueIdentifier) in downloads {
        table.downloads[download.identifier] = .init(download, scheduledAt: now, uniqueIdentifier: uniqueIdentifier)
      }
      return true
    }
  }

  /// What a download was scheduled with; nil for one that this principal class has not scheduled.
  func findDownload(_ identifier: String) throws(FileError) -> URLDownload? {
    try readTable().downloads[identifier]?.download(identifier)
  }

  /// Removes a download that has come to its end, unless its identifier was scheduled anew since.
  /// - Parameter since: milliseconds since 1970: when its file came.
  func forgetDownload(_ download: DownloadRecord, since: Double) throws(FileError) {
    try changeTable { table in
      guard let entry = table.downloads[download.identifier] else { return false }
      let isAnother =
        entry.uniqueIdentifier.map { $0 != download.uniqueIdentifier } ?? (entry.scheduledAt > since)
      if !isAnother { table.downloads[download.identifier] = nil }
      return !isAnother
    }
  }

  /// - Parameter edit: returns whether it has changed anything.
  private func changeTable(_ edit: (inout DownloadTable) -> Bool) throws(FileError) {
    try Records.inTurn { () throws(FileError) in
      var table = try readTable()
      // Request headers may hold credentials: for the owner only.
      if edit(&table) { Records.write(table, to: tablePath, in: self, mode: 0o600) }
    }
  }

  private func readTable() throws(FileError) -> DownloadTable {
    try Records.read(DownloadTable.self, from: tablePath) ?? DownloadTable()
  }
}
