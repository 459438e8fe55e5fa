import BAExtension
import BAMessages
@_spi(BASimulation) import BackgroundAssets

extension BADownload {
  /// A handle as the system gives it to an extension. That of a manifest is no `BAURLDownload`, nor is a hosted pack's.
  static func handle(of record: BAMessages.DownloadRecord) -> BADownload {
    let values = BackgroundAssets.DownloadRecord(
      identifier: record.identifier,
      uniqueIdentifier: record.uniqueIdentifier,
      priority: BADownload.Priority(record.priority),
      isEssential: record.essential)
    let state = BADownload.State(record.state)
    return switch record.kind {
    case .url: BAURLDownload(record: values, state: state, transfer: nil)
    case .manifest, .other: BADownload(record: values, state: state)
    }
  }
}

extension URLDownload {
  /// Nil for a handle of the system's, which does not say where its file is.
  init?(_ download: BADownload) {
    guard let transfer = (download as? BAURLDownload)?.transfer else { return nil }
    self.init(
      identifier: download.identifier,
      request: RequestRecord(transfer.request),
      // The old initializers know no size, and the system then takes what comes.
      fileSize: transfer.fileSize ?? 0,
      essential: download.isEssential,
      priority: Priority(nearest: download.priority),
      applicationGroupIdentifier: transfer.applicationGroupIdentifier)
  }
}
