package import BAMessages
internal import BAPrincipal
internal import BackgroundAssets
internal import Foundation

/// `BADownloadManager`, as the principal asks for it.
package struct DownloadManagerServices: SystemServices {
  private let configuration: ExtensionConfiguration
  private let control = ExclusiveControlHold()

  package init(configuration: ExtensionConfiguration) {
    self.configuration = configuration
  }

  package func schedule(_ download: URLDownload) throws(DownloadError) -> DownloadRecord {
    guard let object = BAURLDownload(download, in: configuration.applicationGroupIdentifier) else {
      throw .backgroundAssets(
        0, "downloadInvalid", "The request of download \(JSON.quoted(download.identifier)) cannot be made.")
    }
    try refusable { try BADownloadManager.shared.scheduleDownload(object) }
    return DownloadRecord(object, in: configuration.mode)
  }

  package func cancel(uniqueIdentifier: String) throws(DownloadError) {
    try refusable {
      let downloads = try BADownloadManager.shared.fetchCurrentDownloads()
      guard let download = downloads.first(where: { $0.uniqueIdentifier == uniqueIdentifier }) else {
        // What the system answers for one that has concluded.
        throw DownloadError.backgroundAssets(
          101, "downloadNotScheduled", "No download \(uniqueIdentifier) is scheduled; it may have concluded.")
      }
      try BADownloadManager.shared.cancel(download)
    }
  }

  package func currentDownloads() throws(DownloadError) -> [DownloadRecord] {
    // The form that blocks: the handler of the other one runs on the manager's queue, which is blocked while exclusive
    // control is held.
    let downloads = try refusable { try BADownloadManager.shared.fetchCurrentDownloads() }
    return downloads.map { DownloadRecord($0, in: configuration.mode) }
  }

  package func acquireExclusiveControl(
    before: Double?, completion: @escaping @Sendable (DownloadError?) -> Void
  ) {
    control.acquire(before: before.map { Date(timeIntervalSince1970: $0 / 1000) }, completion: completion)
  }

  package func releaseExclusiveControl() {
    control.release()
  }

  /// The result of a call to the manager, or its refusal.
  private func refusable<Result>(_ call: () throws -> Result) throws(DownloadError) -> Result {
    do {
      return try call()
    } catch let error as DownloadError {
      throw error
    } catch {
      throw DownloadError(error)
    }
  }
}

extension DownloadError {
  /// An error of `BAErrorDomain`.
  fileprivate static func backgroundAssets(_ code: Int, _ name: String, _ message: String) -> DownloadError {
    DownloadError(domain: "BAErrorDomain", code: code, name: name, message: message, underlying: nil, userInfo: [:])
  }
}
