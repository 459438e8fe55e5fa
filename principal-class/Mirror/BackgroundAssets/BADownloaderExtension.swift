public import ExtensionFoundation
public import Foundation
public import FoundationNetworking

/// BADownloaderExtension.h: an extension that the system wakes to schedule an app's downloads and to take their
/// results. Every requirement has a default.
@available(iOS 16.1, macOS 13.0, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
public protocol BADownloaderExtension: AppExtension {
  /// Answers a content request with everything to schedule. The manifest is deleted when this returns.
  func downloads(
    for request: BAContentRequest,
    manifestURL: URL,
    extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload>

  /// A server asks for authentication. May come before any content request, for the manifest.
  func backgroundDownload(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?)

  /// A download failed, and no app with a delegate took it.
  func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error)

  /// A download finished. The file is deleted when this returns, unless it has been moved.
  func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL)

  /// Advice only: may not be called at all.
  @available(
    iOS, introduced: 16.1, deprecated: 16.4,
    message:
      "extensionWillTerminate will not be invoked in all applicable circumstances and should not be relied upon."
  )
  @available(
    macOS, introduced: 13.0, deprecated: 13.3,
    message:
      "extensionWillTerminate will not be invoked in all applicable circumstances and should not be relied upon."
  )
  @available(
    visionOS, introduced: 2.4, deprecated: 2.4,
    message:
      "extensionWillTerminate will not be invoked in all applicable circumstances and should not be relied upon."
  )
  func extensionWillTerminate()
}

// The bodies are not published. These are what an Objective-C extension gets that leaves the method out.
@available(iOS 16.1, macOS 13.0, visionOS 2.4, tvOS 18.4, *)
extension BADownloaderExtension {
  public func downloads(
    for request: BAContentRequest,
    manifestURL: URL,
    extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    []
  }

  public func backgroundDownload(
    _ download: BADownload,
    didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.performDefaultHandling, nil)
  }

  public func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {}

  public func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {}

  public func extensionWillTerminate() {}
}
