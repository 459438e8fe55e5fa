import BAExtension
import BAMessages
import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// What the principal asks of `BADownloadManager`.
  @Suite struct ManagerTests {
    let manager = PlayedManager()
    let services = DownloadManagerServices(configuration: .test())

    init() {
      Simulation.install(manager)
    }

    @Test func schedules() throws {
      var download = message("level", url: "https://example.com/l v")
      download.priority = .max
      download.request.method = "POST"
      download.applicationGroupIdentifier = "group.com.example.other"
      let record = try services.schedule(download)
      let object = try #require(manager.state.withLock { $0.downloads.first } as? BAURLDownload)
      #expect(
        record
          == BAMessages.DownloadRecord(
            kind: .url, identifier: "level", uniqueIdentifier: object.uniqueIdentifier, essential: false,
            priority: .max, state: .waiting))
      let transfer = try #require(object.transfer)
      #expect(RequestRecord(transfer.request) == RequestRecord(url: "https://example.com/l%20v", method: "POST"))
      #expect(transfer.fileSize == 1 && transfer.applicationGroupIdentifier == "group.com.example.other")
      #expect(try services.currentDownloads() == [record])
    }

    @Test func cancelsByTheIdentifierOfTheObject() throws {
      let first = try services.schedule(message("level"))
      let second = try services.schedule(message("level"))
      try services.cancel(uniqueIdentifier: second.uniqueIdentifier)
      #expect(try services.currentDownloads() == [first])
      let error = #expect(throws: DownloadError.self) {
        try services.cancel(uniqueIdentifier: second.uniqueIdentifier)
      }
      #expect(error?.domain == "BAErrorDomain" && error?.code == 101 && error?.name == "downloadNotScheduled")
      #expect(error?.message.contains(second.uniqueIdentifier) == true)
    }

    @Test func refusals() throws {
      let record = try services.schedule(message("level"))
      manager.state.withLock { $0.refusal = Simulation.error(.downloadBackgroundActivityProhibited, "Low power.") }
      let refusal = DownloadError(
        domain: "BAErrorDomain", code: 111, name: "downloadBackgroundActivityProhibited", message: "Low power.",
        underlying: nil, userInfo: [:])
      #expect(throws: refusal) { try services.schedule(message("other")) }
      #expect(throws: refusal) { try services.cancel(uniqueIdentifier: record.uniqueIdentifier) }
      #expect(throws: refusal) { try services.currentDownloads() }
    }

    @Test func aDownloadThatCannotBeMade() {
      let error = #expect(throws: DownloadError.self) { try services.schedule(message("level", url: "nothing")) }
      #expect(error?.name == "downloadInvalid")
      #expect(manager.calls.isEmpty)
    }
  }
}
