package import BAMessages
package import BackgroundAssets
internal import Foundation

extension BAURLDownload {
  /// The download to schedule that a message describes. Nil where its request cannot be made.
  /// - Parameter group: the app group of a download that names none.
  package convenience init?(_ download: URLDownload, in group: String) {
    guard let request = URLRequest(download.request) else { return nil }
    self.init(
      identifier: download.identifier,
      request: request,
      essential: download.essential,
      fileSize: download.fileSize,
      applicationGroupIdentifier: download.applicationGroupIdentifier ?? group,
      priority: BADownload.Priority(download.priority))
  }
}
