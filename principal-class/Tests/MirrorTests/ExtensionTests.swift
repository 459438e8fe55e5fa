@_spi(BASimulation) import BackgroundAssets
@_spi(BASimulation) import ExtensionFoundation
import StoreKit
import Testing

private struct Plain: BADownloaderExtension {}

private struct Store: StoreDownloaderExtension {}

let challenge = URLAuthenticationChallenge(
  protectionSpace: URLProtectionSpace(
    host: "example.com", port: 443, protocol: "https", realm: nil,
    authenticationMethod: NSURLAuthenticationMethodHTTPBasic),
  proposedCredential: nil, previousFailureCount: 0, failureResponse: nil, error: nil, sender: NoSender())

final class NoSender: NSObject, URLAuthenticationChallengeSender, @unchecked Sendable {
  func use(_ credential: URLCredential, for challenge: URLAuthenticationChallenge) {}
  func continueWithoutCredential(for challenge: URLAuthenticationChallenge) {}
  func cancel(_ challenge: URLAuthenticationChallenge) {}
  func performDefaultHandling(for challenge: URLAuthenticationChallenge) {}
  func rejectProtectionSpaceAndContinue(with challenge: URLAuthenticationChallenge) {}
}

@Suite struct ExtensionTests {
  private let info = BAAppExtensionInfo(
    restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: nil)

  @Test func defaultsOfEachKind() async {
    let file = URL(filePath: "/nothing")
    let download = BADownload(record: DownloadRecord(identifier: "a"))
    for principal in await [Plain(), Store()] as [any BADownloaderExtension] {
      #expect(principal.downloads(for: .install, manifestURL: file, extensionInfo: info).isEmpty)
      let (disposition, credential) = await principal.backgroundDownload(download, didReceive: challenge)
      #expect(disposition == .performDefaultHandling && credential == nil)
      principal.backgroundDownload(download, failedWithError: URLError(.timedOut))
      principal.backgroundDownload(download, finishedWithFileURL: file)
      principal.extensionWillTerminate()
    }
    let _: any ManagedDownloaderExtensionConfiguration = await Store().configuration
  }

  // Without a runner: principal-class/test/no-runner.test.ts, for this process may have one.
  @MainActor @Test func mainHandsTheTypeToTheRunner() throws {
    let recorder = Recorder()
    ExtensionProcess.install(recorder)
    try Plain.main()
    try Store.main()
    #expect(recorder.started == ["Plain false", "Store true"])
  }
}

private final class Recorder: ExtensionRunner {
  @MainActor var started: [String] = []

  @MainActor func run<Extension: AppExtension>(_ type: Extension.Type) throws {
    let principal = type.init()
    started.append("\(type) \(principal is any ManagedDownloaderExtension)")
  }
}
