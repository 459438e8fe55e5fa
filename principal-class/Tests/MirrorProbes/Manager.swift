import BackgroundAssets

final class SomeMethods: NSObject, BADownloadManagerDelegate {
  func download(_ download: BADownload, finishedWithFileURL fileURL: URL) {}
}

final class AsyncChallenge: NSObject, BADownloadManagerDelegate {
  func download(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.cancelAuthenticationChallenge, nil)
  }
}

final class ChallengeWithHandler: NSObject, BADownloadManagerDelegate {
  func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    completionHandler(.rejectProtectionSpace, nil)
  }
}

func exclusiveControl() async throws -> Int {
  let manager = BADownloadManager.shared
  manager.withExclusiveControl { acquired, error in
    guard acquired, error == nil else { return }
  }
  manager.withExclusiveControl(beforeDate: Date()) { (acquired: Bool, error: (any Error)?) in
    _ = (acquired, error)
  }
  manager.withExclusiveControl { @Sendable _, _ in }
  try await manager.withExclusiveControl {}
  let text = try await manager.withExclusiveControl { "text" }
  return try await manager.withExclusiveControl(before: .distantFuture) { text.count }
}

@MainActor
func exclusiveControlFromTheMainActor() async throws {
  try await BADownloadManager.shared.withExclusiveControl { @Sendable in _ = 1 }
}

func downloads(delegate: any BADownloadManagerDelegate) async throws -> [BADownload] {
  let manager = BADownloadManager.shared
  manager.delegate = delegate
  manager.fetchCurrentDownloads { downloads, error in _ = (downloads, error) }
  let one = BAURLDownload(
    identifier: "one",
    request: URLRequest(url: URL(fileURLWithPath: "/")),
    fileSize: 1,
    applicationGroupIdentifier: "group.com.example")
  try manager.scheduleDownload(one)
  try manager.startForegroundDownload(one)
  try manager.cancel(one)
  return try await manager.currentDownloads
}

func blockingDownloads() throws -> [BADownload] {
  try BADownloadManager.shared.fetchCurrentDownloads()
}

let handlesAreSendable: [any Sendable.Type] = [
  BADownload.self, BAURLDownload.self, BAAppExtensionInfo.self, BADownload.Priority.self, BAContentRequest.self,
  BADownload.State.self, BAErrorCode.self, AssetPack.self, AssetPack.Status.self, AssetPackManifest.self,
  AssetPackManager.self, AssetPackManager.DownloadStatusUpdate.self, AssetPackManager.LocalAvailabilityError.self,
]
