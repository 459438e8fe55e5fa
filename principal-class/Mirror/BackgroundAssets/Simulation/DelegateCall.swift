public import Foundation
public import FoundationNetworking
internal import Synchronization

/// What happened to a download, for the delegate.
@_spi(BASimulation)
public enum DelegateEvent: Sendable {
  case began(BADownload)
  case paused(BADownload)
  case wrote(BADownload, bytes: Int64, total: Int64, expected: Int64)
  case failed(BADownload, any Error)
  case finished(BADownload, URL)
}

/// Finds out whether a delegate has the method that was called: the default of each says that it was reached.
final class DelegateCall: Sendable {
  @TaskLocal static var current: DelegateCall?

  private let isDefault = Atomic(false)

  var isImplemented: Bool { !isDefault.load(ordering: .acquiring) }

  static func defaultReached() {
    current?.isDefault.store(true, ordering: .releasing)
  }
}

extension BADownloadManager {
  /// Calls the delegate on its queue and waits for it.
  /// - Returns: whether there is a delegate that has the method; if not, the event is the extension's.
  @_spi(BASimulation)
  public func deliver(_ event: DelegateEvent) -> Bool {
    guard let delegate else { return false }
    let call = DelegateCall()
    Self.delegateCallbackQueue.sync {
      DelegateCall.$current.withValue(call) {
        switch event {
        case .began(let download): delegate.downloadDidBegin(download)
        case .paused(let download): delegate.downloadDidPause(download)
        case .wrote(let download, let bytes, let total, let expected):
          delegate.download(
            download, didWriteBytes: bytes, totalBytesWritten: total, totalBytesExpectedToWrite: expected)
        case .failed(let download, let error): delegate.download(download, failedWithError: error)
        case .finished(let download, let file): delegate.download(download, finishedWithFileURL: file)
        }
      }
    }
    return call.isImplemented
  }

  /// Asks the delegate for the answer to a challenge.
  /// - Parameter answer: called once, with nil where no delegate has the method: the extension answers then.
  @_spi(BASimulation)
  public func deliver(
    _ challenge: URLAuthenticationChallenge,
    for download: BADownload,
    answer: @escaping @Sendable ((URLSession.AuthChallengeDisposition, URLCredential?)?) -> Void
  ) {
    guard let delegate else { return answer(nil) }
    let call = DelegateCall()
    let target = HandedOver<any BADownloadManagerDelegate>(delegate)
    Self.delegateCallbackQueue.async {
      DelegateCall.$current.withValue(call) {
        target.value.download(download, didReceive: challenge) { disposition, credential in
          answer(call.isImplemented ? (disposition, credential) : nil)
        }
      }
    }
  }
}
