@_spi(BASimulation) import BackgroundAssets
import Synchronization
import Testing

private final class FinishedOnly: NSObject, BADownloadManagerDelegate, Sendable {
  let finished = Mutex<[String]>([])

  func download(_ download: BADownload, finishedWithFileURL fileURL: URL) {
    finished.withLock { $0.append(fileURL.path) }
  }
}

private final class AsyncChallenge: NSObject, BADownloadManagerDelegate {
  func download(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    await Task.yield()
    return (.cancelAuthenticationChallenge, nil)
  }
}

private final class ChallengeWithHandler: NSObject, BADownloadManagerDelegate {
  func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    completionHandler(.rejectProtectionSpace, nil)
  }
}

@Suite(.serialized) struct DelegateTests {
  let manager = BADownloadManager.shared
  let download = BADownload(record: DownloadRecord(identifier: "level"))

  @Test func whatADelegateLeavesOutIsNotItsOwn() {
    let delegate = FinishedOnly()
    manager.delegate = delegate
    #expect(manager.deliver(.finished(download, URL(filePath: "/file"))))
    #expect(delegate.finished.withLock { $0 } == ["/file"])
    #expect(!manager.deliver(.failed(download, URLError(.timedOut))))
    #expect(!manager.deliver(.began(download)))
    #expect(!manager.deliver(.paused(download)))
    #expect(!manager.deliver(.wrote(download, bytes: 1, total: 2, expected: 3)))
  }

  @Test func isHeldWeakly() {
    do {
      let delegate = FinishedOnly()
      manager.delegate = delegate
      #expect(manager.delegate === delegate)
    }
    #expect(manager.delegate == nil)
    #expect(!manager.deliver(.finished(download, URL(filePath: "/file"))))
  }

  @Test func challengesReachEitherFace() async {
    let delegates: [any BADownloadManagerDelegate] = [AsyncChallenge(), ChallengeWithHandler(), FinishedOnly()]
    var answers: [URLSession.AuthChallengeDisposition?] = []
    for delegate in delegates {
      manager.delegate = delegate
      let answer = await withCheckedContinuation { continuation in
        manager.deliver(challenge, for: download) { continuation.resume(returning: $0?.0) }
      }
      answers.append(answer)
    }
    #expect(answers == [.cancelAuthenticationChallenge, .rejectProtectionSpace, nil])
    manager.delegate = nil
  }
}
