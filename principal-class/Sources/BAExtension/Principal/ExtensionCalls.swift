package import BAMessages
internal import BAPrincipal
package import BackgroundAssets

/// The calls of the system to a principal class: each becomes a message to the principal of the process, and the answer
/// becomes Apple's types. Without a principal the answer is Apple's own default.
package struct ExtensionCalls: Sendable {
  let mode: Mode
  let nativeFunctions: @Sendable () -> NativeFunctions
  private let principal: ExtensionPrincipal

  package init<Extension: JSExtension>(
    of type: Extension.Type, mode: Mode, principal: ExtensionPrincipal = .shared
  ) {
    self.mode = mode
    self.principal = principal
    nativeFunctions = { type.nativeFunctions }
  }

  package func downloads(
    for request: BAContentRequest, manifestURL: URL, extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    // The number passes also where this code is older than the kind of request.
    let message = SystemMessage.contentRequest(
      .init(
        rawValue: request.rawValue,
        manifestPath: manifestURL.path(percentEncoded: false),
        extensionInfo: ExtensionInfo(extensionInfo)))
    let objects = principal.answer(message, to: self) { reply, configuration in
      ScheduledDownloads(reply: &reply, group: configuration.applicationGroupIdentifier).objects
    }
    return objects ?? []
  }

  package func answer(
    _ challenge: URLAuthenticationChallenge, for download: BADownload
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    let message = SystemMessage.challenge(
      .init(challenge: Challenge(challenge), download: DownloadRecord(download, in: mode)))
    guard case .challenge(let answer) = await principal.answer(message, to: self) else {
      return (.performDefaultHandling, nil)
    }
    return (answer.disposition, answer.credential)
  }

  package func downloadFailed(_ download: BADownload, _ error: any Error) {
    let message = SystemMessage.downloadFailed(
      .init(download: DownloadRecord(download, in: mode), error: DownloadError(error)))
    principal.answer(message, to: self)
  }

  package func downloadFinished(_ download: BADownload, _ file: URL) {
    let message = SystemMessage.downloadFinished(
      .init(download: DownloadRecord(download, in: mode), path: file.path(percentEncoded: false)))
    principal.answer(message, to: self)
  }

  package func extensionWillTerminate() {
    principal.answer(.extensionWillTerminate, to: self)
  }

  @available(macOS 26, iOS 26, tvOS 26, visionOS 26, *)
  package func shouldDownload(_ assetPack: AssetPack) -> Bool {
    let message = SystemMessage.shouldDownload(assetPack: AssetPackRecord(assetPack))
    guard case .shouldDownload(let shouldDownload) = principal.answer(message, to: self) else { return true }
    return shouldDownload
  }
}
