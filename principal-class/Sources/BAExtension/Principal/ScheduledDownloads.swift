internal import BAMessages
package import BAPrincipal
package import BackgroundAssets

/// The objects of an answer. One that cannot be made is taken out of the reply, with an observation.
package struct ScheduledDownloads {
  package private(set) var objects: Set<BADownload> = []

  package init(reply: inout PrincipalReply, group: String) {
    guard case .downloads(let downloads) = reply.answer else { return }
    var made: [URLDownload] = []
    for download in downloads {
      if let object = BAURLDownload(download, in: group) {
        objects.insert(object)
        made.append(download)
      } else {
        let message = "Download \(JSON.quoted(download.identifier)): its `request` cannot be made."
        reply.observations.append(
          Observation(
            error: GuestError(code: "BA_DOWNLOAD_INVALID", message: message), callback: Callback.downloads.rawValue,
            severity: .error))
      }
    }
    reply.answer = .downloads(downloads: made)
  }
}
