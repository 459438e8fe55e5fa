package import BAMessages

/// What the system does for an extension: `BADownloadManager`. A refusal is thrown as the system's error.
///
/// Called from any thread that may wait.
package protocol SystemServices: Sendable {
  func schedule(_ download: URLDownload) throws(DownloadError) -> DownloadRecord
  func cancel(uniqueIdentifier: String) throws(DownloadError)
  /// Also while exclusive control is held, whose handler blocks the manager's queue.
  func currentDownloads() throws(DownloadError) -> [DownloadRecord]

  /// Asks for exclusive control. `completion` is called once, from any thread: nil when control is had, until
  /// `releaseExclusiveControl`.
  /// - Parameter before: milliseconds since 1970; one that has passed tries once. Nil waits without end.
  func acquireExclusiveControl(before: Double?, completion: @escaping @Sendable (DownloadError?) -> Void)

  /// Without effect when it is not held.
  func releaseExclusiveControl()
}

extension DownloadError: Error {}
extension GuestError: Error {}
