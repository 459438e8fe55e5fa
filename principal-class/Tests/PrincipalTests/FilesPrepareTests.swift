import BAMessages
import Testing

@testable import BAPrincipal

@Suite struct FilesPrepareTests {
  let sandbox: FilesSandbox
  let container: Container

  init() throws {
    sandbox = try FilesSandbox()
    container = sandbox.container
  }

  private func event(_ message: SystemMessage) -> GuestEvent? {
    guard case .ready(let event, nil) = container.prepare(message, now: 9) else { return nil }
    return event
  }

  private func error(_ message: SystemMessage) -> GuestError? {
    guard case .impossible(let error) = container.prepare(message, now: 9) else { return nil }
    return error
  }

  private func contentRequest(_ rawValue: Int, _ path: String) -> SystemMessage {
    let info = ExtensionInfo(restrictedDownloadSizeRemaining: 5, restrictedEssentialDownloadSizeRemaining: nil)
    return .contentRequest(.init(rawValue: rawValue, manifestPath: path, extensionInfo: info))
  }

  private func finished(_ path: String) -> SystemMessage {
    .downloadFinished(.init(download: record(), path: path))
  }

  @Test(
    arguments: [
      (1, .install, true), (2, .update, true), (3, .periodic, false), (4, .languageChange, false), (0, .unknown, false),
      (5, .unknown, false), (-1, .unknown, false), (Int.max, .unknown, false),
    ] as [(Int, GuestEvent.Downloads.ContentRequest, Bool)])
  func contentRequests(rawValue: Int, contentRequest: GuestEvent.Downloads.ContentRequest, essential: Bool) throws {
    let path = try sandbox.write("[1]", "manifest")
    let expected = GuestEvent.Downloads(
      contentRequest: contentRequest, contentRequestRawValue: rawValue, essentialAllowed: essential,
      manifest: MappedFile(path: path, size: 3, token: "manifest"),
      info: ExtensionInfo(restrictedDownloadSizeRemaining: 5, restrictedEssentialDownloadSizeRemaining: nil))
    #expect(event(self.contentRequest(rawValue, path)) == .downloads(expected))
    #expect(try sandbox.files() == ["manifest"])
  }

  @Test func aManifestThatIsGone() throws {
    #expect(
      error(contentRequest(1, sandbox("missing")))
        == GuestError(
          code: "BA_MANIFEST_MISSING",
          message: "The manifest that the system handed over is gone: the system may have purged it. "
            + "The handler was not called."))
    try sandbox.link("circle", to: "circle")
    #expect(
      error(contentRequest(1, sandbox("circle")))?.message
        == "The manifest that the system handed over cannot be taken over (ELOOP). The handler was not called.")
    #expect(error(contentRequest(1, "/a\0b"))?.code == "BA_MANIFEST_MISSING")
  }

  @Test func whatIsPassedOn() {
    let space = Challenge.ProtectionSpace(
      host: "h", port: 443, protocol: "https", realm: nil, method: .serverTrust, rawMethod: "r", isProxy: false,
      receivesCredentialSecurely: true)
    let challenge = Challenge(protectionSpace: space, previousFailureCount: 1)
    #expect(
      event(.challenge(.init(challenge: challenge, download: record())))
        == .didReceiveChallenge(.init(challenge: challenge, download: record())))
    let error = DownloadError(
      domain: "d", code: 1, name: nil, message: "m", underlying: nil, userInfo: ["a": .array([.null])])
    #expect(
      event(.downloadFailed(.init(download: record(), error: error)))
        == .downloadFailed(.init(download: record(), error: error)))
    #expect(event(.extensionWillTerminate) == .extensionWillTerminate)
    let pack = AssetPackRecord(
      id: "p", version: 1, downloadSize: 2, language: nil, userInfo: nil, description: "d")
    #expect(event(.shouldDownload(assetPack: pack)) == .shouldDownload(assetPack: pack))
  }

  @Test func aFinishedFileIsOffered() throws {
    let path = try sandbox.write("content", "system")
    let prepared = container.prepare(finished(path), now: 9)
    guard case .ready(let event, let file?) = prepared else { return #expect(Bool(false), "\(prepared)") }
    #expect(file == StagedFile(download: record(), path: sandbox(staged), bytes: 7, attempt: 1, stagedAt: 9))
    let offered = GuestEvent.DownloadFinished.File(
      path: sandbox(staged), size: 7, token: uniqueIdentifier, attempt: 1)
    #expect(event == .downloadFinished(.init(download: record(), file: offered)))
    #expect(file.token == uniqueIdentifier)
  }

  @Test func aFinishedFileThatIsGone() throws {
    #expect(
      error(finished(sandbox("missing")))
        == GuestError(
          code: "BA_FILE_MISSING",
          message: #"The file of download "a" is gone: the system may have purged it. The handler was not called."#))
    try Files.makeFolder(sandbox("folder"))
    #expect(
      error(finished(sandbox("folder")))
        == GuestError(
          code: "BA_FILE_MISSING",
          message: #"The file of download "a" cannot be taken over (EISDIR). The handler was not called."#))
  }

  @Test func nothingIsLeftToDo() throws {
    let claimed = SettledFile.claimed(.init(path: "p", bytes: 7))
    try container.rememberSettled(claimed, of: uniqueIdentifier)
    guard case .settled(.answered, let earlier) = container.prepare(finished(sandbox("gone")), now: 9) else {
      return #expect(Bool(false))
    }
    #expect(earlier == Container.settledEarlier(record(), claimed))
    try container.rememberSettled(nil, of: uniqueIdentifier)

    try sandbox.write("content", staged)
    container.writeSidecar(
      Sidecar(download: record(), attempt: 3, stagedAt: 1, bytes: 7), of: container.stagingPath(uniqueIdentifier))
    guard case .settled(.failed, let exhausted) = container.prepare(finished(sandbox("gone")), now: 9) else {
      return #expect(Bool(false))
    }
    #expect(exhausted.note?.error.code == "BA_FILE_UNCLAIMED" && exhausted.note?.severity == .warning)
  }
}
