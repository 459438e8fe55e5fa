import BAExtension
import BAMessages
@_spi(BASimulation) import BackgroundAssets
import Foundation

// Messages as calls of Apple's protocol, and what the extension returns as answers.
extension Connection {
  func answer(_ challenge: SystemMessage.Challenge) async -> SystemAnswer {
    let (disposition, credential) = await instance.backgroundDownload(
      .handle(of: challenge.download), didReceive: URLAuthenticationChallenge(challenge.challenge))
    // What is no user with a password is of no use here, no more than a credential that is missing.
    return .challenge(answer: ChallengeAnswer(disposition, credential) ?? .performDefaultHandling)
  }

  /// Blocks as long as the extension does.
  func answer(_ message: SystemMessage) -> SystemAnswer {
    switch message {
    case .contentRequest(let request):
      guard let kind = BAContentRequest(rawValue: request.rawValue) else { break }
      let downloads = instance.downloads(
        for: kind, manifestURL: URL(filePath: request.manifestPath),
        extensionInfo: BAAppExtensionInfo(request.extensionInfo))
      return .downloads(downloads: described(downloads))
    case .downloadFailed(let failed):
      instance.backgroundDownload(.handle(of: failed.download), failedWithError: NSError(failed.error))
    case .downloadFinished(let finished):
      instance.backgroundDownload(.handle(of: finished.download), finishedWithFileURL: URL(filePath: finished.path))
    case .extensionWillTerminate:
      instance.extensionWillTerminate()
    case .shouldDownload(let pack):
      // The simulated system asks no other extension.
      guard let managed = instance as? any ManagedDownloaderExtension else { break }
      return .shouldDownload(shouldDownload: managed.shouldDownload(AssetPack(pack)))
    case .challenge:
      // Asynchronous: above.
      break
    }
    return .done
  }

  /// In the order in which the extension made the objects.
  private func described(_ downloads: Set<BADownload>) -> [URLDownload] {
    downloads.sorted { $0.ordinal < $1.ordinal }.compactMap { download in
      if let described = URLDownload(download) { return described }
      let name = JSON.quoted(download.identifier)
      writer.write(
        .log(
          entry: LogEntry(
            level: .error, message: "Download \(name) is left out: it is a handle of the system's.", source: .system)))
      return nil
    }
  }
}

extension BAAppExtensionInfo {
  fileprivate convenience init(_ info: ExtensionInfo) {
    self.init(
      restrictedDownloadSizeRemaining: info.restrictedDownloadSizeRemaining,
      restrictedEssentialDownloadSizeRemaining: info.restrictedEssentialDownloadSizeRemaining)
  }
}

extension AssetPack {
  fileprivate init(_ pack: AssetPackRecord) {
    self.init(
      id: pack.id,
      version: pack.version,
      downloadSize: pack.downloadSize,
      language: pack.language.map(Locale.Language.init(identifier:)),
      userInfo: pack.userInfo.map { Data($0.utf8) },
      description: pack.description)
  }
}
