import BAExtension
import BAMessages
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

/// A download of a class that an app cannot make, such as one that is younger than this code.
private final class Foreign: BAURLDownload, @unchecked Sendable {}

@Suite struct DownloadBridgeTests {
  @Test func urlDownload() throws {
    let message = URLDownload(
      identifier: "level 1 ü", request: RequestRecord(url: "https://example.com/1"), fileSize: (1 << 53) - 1,
      essential: true, priority: .max, applicationGroupIdentifier: "group.com.example.other")
    let object = try #require(BAURLDownload(message, in: "group.com.example"))
    #expect(type(of: object) == BAURLDownload.self)
    #expect(object.identifier == "level 1 ü")
    #expect(object.isEssential)
    #expect(object.priority == .max)
    #expect(object.transfer?.fileSize == (1 << 53) - 1)
    #expect(object.transfer?.request.url?.absoluteString == "https://example.com/1")
    #expect(object.transfer?.applicationGroupIdentifier == "group.com.example.other")

    let record = DownloadRecord(object, in: .unmanaged)
    #expect(
      record
        == BAMessages.DownloadRecord(
          kind: .url, identifier: "level 1 ü", uniqueIdentifier: object.uniqueIdentifier, essential: true,
          priority: .max, state: .created))
  }

  @Test func theGroupOfTheConfiguration() {
    let message = URLDownload(
      identifier: "a", request: RequestRecord(url: "https://example.com/a"), fileSize: 0, essential: false,
      priority: .default)
    let object = BAURLDownload(message, in: "group.com.example")
    #expect(object?.transfer?.applicationGroupIdentifier == "group.com.example")
  }

  @Test func aRequestThatCannotBeMade() {
    let message = URLDownload(
      identifier: "a", request: RequestRecord(url: "nothing"), fileSize: 0, essential: false, priority: .default)
    #expect(BAURLDownload(message, in: "group.com.example") == nil)
  }

  @Test func kinds() {
    let record = BackgroundAssets.DownloadRecord(identifier: "a")
    let own = BAURLDownload(record: record, transfer: nil)
    let foreign = Foreign(record: record, transfer: nil)
    let manifest = BADownload(record: record)
    let kinds = { (mode: Mode) in [own, foreign, manifest].map { BAMessages.DownloadRecord($0, in: mode).kind } }
    #expect(kinds(.unmanaged) == [.url, .other, .manifest])
    #expect(kinds(.managed) == [.url, .other, .other])
    #expect(kinds(.store) == [.url, .other, .other])
  }

  @Test(arguments: BAMessages.DownloadRecord.State.allCases) func states(state: BAMessages.DownloadRecord.State) {
    #expect(BAMessages.DownloadRecord.State(BADownload.State(state)) == state)
  }

  @Test(arguments: [-2, 4, Int.max, Int.min]) func statesToCome(rawValue: Int) throws {
    let state = try #require(BADownload.State(rawValue: rawValue))
    #expect(BAMessages.DownloadRecord.State(state) == .waiting)
  }

  @Test(arguments: Priority.allCases) func priorities(priority: Priority) {
    #expect(Priority(nearest: BADownload.Priority(priority)) == priority)
  }

  @Test func prioritiesWithoutAName() {
    #expect(Priority(nearest: BADownload.Priority(rawValue: .max)) == .max)
    #expect(Priority(nearest: BADownload.Priority(rawValue: .min)) == .min)
    #expect(Priority(nearest: BADownload.Priority(BADownload.Priority.max.rawValue + 1)) == .max)
    #expect(Priority(nearest: BADownload.Priority(BADownload.Priority.min.rawValue - 1)) == .min)
  }

  @Test func allowances() {
    let info = { (other: Int?, essential: Int?) in
      ExtensionInfo(
        BAAppExtensionInfo(restrictedDownloadSizeRemaining: other, restrictedEssentialDownloadSizeRemaining: essential))
    }
    #expect(
      info(nil, 0)
        == ExtensionInfo(restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: 0))
    #expect(
      info(Int.max, nil)
        == ExtensionInfo(restrictedDownloadSizeRemaining: .max, restrictedEssentialDownloadSizeRemaining: nil))
    #expect(
      info(-1, Int.min)
        == ExtensionInfo(restrictedDownloadSizeRemaining: 0, restrictedEssentialDownloadSizeRemaining: 0))
  }
}
