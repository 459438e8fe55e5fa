import BAExtension
import BAMessages
@testable import BAPrincipal
@testable import BASimulatedSystem
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

/// An extension that answers by itself, and tells the calls that it gets.
private struct Answering: ManagedDownloaderExtension {
  static let heard = Locked<[String]>([])

  private func tell(_ call: String) {
    Self.heard.withLock { $0.append(call) }
  }

  func downloads(
    for request: BAContentRequest, manifestURL: URL, extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    let allowances = [
      extensionInfo.restrictedDownloadSizeRemaining, extensionInfo.restrictedEssentialDownloadSizeRemaining,
    ]
    tell("downloads \(request.rawValue) \(manifestURL.path) \(allowances)")
    let made = (0..<40).map { number in
      BAURLDownload(
        identifier: "\(number)", request: URLRequest(url: URL(filePath: "/\(number)")), essential: number == 0,
        fileSize: number, applicationGroupIdentifier: "group.example", priority: .max)
    }
    return Set<BADownload>(made).union([BADownload(record: .init(identifier: "handle \"x\""))])
  }

  func backgroundDownload(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    let space = challenge.protectionSpace
    tell("challenge \(type(of: download)) \(space.host) \(space.port) \(space.realm ?? "-") \(space.isProxy())")
    return (.useCredential, URLCredential(user: "u", password: "p", persistence: .permanent))
  }

  func backgroundDownload(_ failedDownload: BADownload, failedWithError error: any Error) {
    let error = error as NSError
    tell("failed \(failedDownload.identifier) \(failedDownload.state.rawValue) \(error.domain) \(error.code)")
    ExtensionPrincipal.onReply?(
      PrincipalReply(answer: .done, outcome: .deadline, durationMs: 5, notifications: ["n"], observations: []))
  }

  func backgroundDownload(_ finishedDownload: BADownload, finishedWithFileURL fileURL: URL) {
    tell("finished \(type(of: finishedDownload)) \(finishedDownload.uniqueIdentifier) \(fileURL.path)")
  }

  func extensionWillTerminate() {
    tell("extensionWillTerminate")
  }

  func shouldDownload(_ assetPack: AssetPack) -> Bool {
    let info = assetPack.userInfo.map { String(decoding: $0, as: UTF8.self) } ?? "-"
    tell("shouldDownload \(assetPack.id) \(assetPack.version) \(assetPack.downloadSize) \(info) \(assetPack)")
    return false
  }
}

@Suite(.serialized) @MainActor struct ConnectionTests {
  let peer = Peer()
  private static let record = DownloadRecord(
    kind: .url, identifier: "a", uniqueIdentifier: "u", essential: false, priority: .default, state: .failed)

  private func reply(to message: SystemMessage) async throws -> (reply: ExtensionReply, heard: [String]) {
    let connection = Connection(Answering(), writer: peer.writer)
    Answering.heard.withLock { $0 = [] }
    connection.deliver(.init(id: 4, message: message))
    let reply = try await peer.nextReply()
    #expect(reply.id == 4)
    return (reply.reply, Answering.heard.withLock { $0 })
  }

  @Test func downloadsComeInTheOrderOfTheirMaking() async throws {
    let connection = Connection(Answering(), writer: peer.writer)
    let info = ExtensionInfo(restrictedDownloadSizeRemaining: 0, restrictedEssentialDownloadSizeRemaining: nil)
    connection.deliver(
      .init(id: 1, message: .contentRequest(.init(rawValue: 77, manifestPath: "/m ä", extensionInfo: info))))
    guard case .log(let entry) = try await peer.next() else { throw Peer.NoFrame() }
    #expect(entry.source == .system && entry.message.contains(#""handle \"x\"""#))
    guard case .downloads(let downloads) = try await peer.nextReply().reply.answer else { throw Peer.NoFrame() }
    #expect(downloads.map(\.identifier) == (0..<40).map(String.init))
    #expect(downloads.map(\.essential) == [true] + Array(repeating: false, count: 39))
    #expect(downloads.allSatisfy { $0.priority == .max && $0.applicationGroupIdentifier == "group.example" })
    #expect(Answering.heard.withLock { $0.last } == "downloads 77 /m ä [Optional(0), nil]")
  }

  @Test func whatTheExtensionAnswersByItselfIsAnswered() async throws {
    let (reply, heard) = try await reply(to: .downloadFinished(.init(download: Self.record, path: "/f")))
    #expect(heard == ["finished BAURLDownload u /f"])
    #expect(
      reply
        == ExtensionReply(
          answer: .done, outcome: .answered, durationMs: 0, file: nil, reoffered: [], notifications: [],
          observations: []))
  }

  @Test func thePrincipalsReplyIsTold() async throws {
    let error = DownloadError(
      domain: "NSURLErrorDomain", code: -1001, name: "timedOut", message: "m", underlying: nil, userInfo: [:])
    let (reply, heard) = try await reply(to: .downloadFailed(.init(download: Self.record, error: error)))
    #expect(heard == ["failed a -1 NSURLErrorDomain -1001"])
    #expect(reply.outcome == .deadline && reply.durationMs == 5 && reply.notifications == ["n"])
  }

  @Test(arguments: [false, true])
  func challengesAreAsynchronous(isProxy: Bool) async throws {
    var record = Self.record
    record.kind = .manifest
    let space = BAMessages.Challenge.ProtectionSpace(
      host: "h", port: 443, protocol: "https", realm: "r", method: .httpBasic,
      rawMethod: "NSURLAuthenticationMethodHTTPBasic", isProxy: isProxy, receivesCredentialSecurely: true)
    let challenge = BAMessages.Challenge(protectionSpace: space, previousFailureCount: 2)
    let (reply, heard) = try await reply(to: .challenge(.init(challenge: challenge, download: record)))
    #expect(heard == ["challenge BADownload h 443 r \(isProxy)"])
    #expect(
      reply.answer
        == .challenge(answer: .useCredential(credential: .init(user: "u", password: "p", persistence: .permanent))))
  }

  @Test func asksForPacks() async throws {
    let pack = AssetPackRecord(
      id: "p", version: 3, downloadSize: 9, language: nil, userInfo: #"{"a":1}"#, description: "Pack p")
    let (reply, heard) = try await reply(to: .shouldDownload(assetPack: pack))
    #expect(heard == [#"shouldDownload p 3 9 {"a":1} Pack p"#])
    #expect(reply.answer == .shouldDownload(shouldDownload: false))
  }

  @Test func tellsOfTheEnd() async throws {
    let (reply, heard) = try await reply(to: .extensionWillTerminate)
    #expect(heard == ["extensionWillTerminate"] && reply.answer == .done)
  }
}
