public import Foundation
public import FoundationNetworking

/// BADownloadManager.h: gets the results of downloads instead of the extension. All methods are optional there.
/// Swift on Linux has no optional methods, so they have defaults, which tell the simulated system that they were
/// reached: a method that is left out goes to the extension, as it should.
@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
public protocol BADownloadManagerDelegate: NSObjectProtocol {
  func downloadDidBegin(_ download: BADownload)

  func downloadDidPause(_ download: BADownload)

  func download(
    _ download: BADownload,
    didWriteBytes bytesWritten: Int64,
    totalBytesWritten: Int64,
    totalBytesExpectedToWrite totalExpectedBytes: Int64)

  func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void)

  /// The async face of the method above: a delegate has one of the two.
  func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?)

  func download(_ download: BADownload, failedWithError error: any Error)

  /// The file is deleted when this returns, unless it has been moved.
  func download(_ download: BADownload, finishedWithFileURL fileURL: URL)
}

@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
extension BADownloadManagerDelegate {
  public func downloadDidBegin(_ download: BADownload) {
    DelegateCall.defaultReached()
  }

  public func downloadDidPause(_ download: BADownload) {
    DelegateCall.defaultReached()
  }

  public func download(
    _ download: BADownload,
    didWriteBytes bytesWritten: Int64,
    totalBytesWritten: Int64,
    totalBytesExpectedToWrite totalExpectedBytes: Int64
  ) {
    DelegateCall.defaultReached()
  }

  public func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge,
    completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
  ) {
    // On Apple platforms both spellings are one method, so that a caller of this one reaches either.
    let delegate = HandedOver<any BADownloadManagerDelegate>(self)
    Task {
      let (disposition, credential) = await delegate.value.download(download, didReceive: challenge)
      completionHandler(disposition, credential)
    }
  }

  public func download(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    DelegateCall.defaultReached()
    return (.performDefaultHandling, nil)
  }

  public func download(_ download: BADownload, failedWithError error: any Error) {
    DelegateCall.defaultReached()
  }

  public func download(_ download: BADownload, finishedWithFileURL fileURL: URL) {
    DelegateCall.defaultReached()
  }
}
