@_spi(BASimulation) import BackgroundAssets
import Testing

@Suite struct HandleTests {
  let download = BAURLDownload(
    identifier: "level",
    request: URLRequest(url: URL(filePath: "/level.bin")),
    essential: true,
    fileSize: 1 << 40,
    applicationGroupIdentifier: "group.com.example",
    priority: .max)

  @Test func carriesItsValues() {
    #expect(download.identifier == "level")
    #expect(UUID(uuidString: download.uniqueIdentifier) != nil)
    #expect(download.isEssential)
    #expect(download.priority == .max)
    #expect(download.state == .created)
    #expect(download.transfer?.fileSize == 1 << 40)
    #expect(download.transfer?.applicationGroupIdentifier == "group.com.example")
  }

  @Test func shortInitializersAreNotEssentialAndOfDefaultPriority() {
    let request = URLRequest(url: URL(filePath: "/"))
    let group = "group.com.example"
    let sized = BAURLDownload(identifier: "a", request: request, fileSize: 3, applicationGroupIdentifier: group)
    let old = BAURLDownload(identifier: "b", request: request, applicationGroupIdentifier: group)
    let oldMin = BAURLDownload(identifier: "c", request: request, applicationGroupIdentifier: group, priority: .min)
    #expect([sized, old, oldMin].allSatisfy { !$0.isEssential })
    #expect([sized, old, oldMin].map(\.priority) == [.default, .default, .min])
    #expect([sized, old, oldMin].map { $0.transfer?.fileSize } == [3, nil, nil])
    #expect(Set([sized, old, oldMin].map(\.uniqueIdentifier)).count == 3)
  }

  @Test func removingEssentialKeepsTheRest() {
    let copy = download.removingEssential()
    #expect(type(of: copy) == BAURLDownload.self)
    #expect(copy !== download)
    #expect(!copy.isEssential && download.isEssential)
    #expect(copy.identifier == "level" && copy.priority == .max)
    #expect(copy.transfer == download.transfer)
    #expect(!copy.removingEssential().isEssential)
  }

  @Test func manifestDownloadIsNoURLDownload() {
    let manifest = BADownload(record: DownloadRecord(identifier: "manifest"), state: .failed)
    #expect(type(of: manifest) != BAURLDownload.self)
    #expect(type(of: manifest.removingEssential()) == BADownload.self)
    #expect(manifest.state == .failed)
  }

  @Test func copies() throws {
    download.move(to: .waiting)
    let copy = try #require(download.copy() as? BAURLDownload)
    #expect(copy.record == download.record && copy.transfer == download.transfer && copy.state == .waiting)
  }

  /// How the real ones compare is not published: identity, as `NSObject` does.
  @Test func areEqualByIdentity() {
    let set: Set<BADownload> = [download, download, download.removingEssential()]
    #expect(set.count == 2)
  }

  @Test func unarchives() throws {
    var request = URLRequest(url: URL(filePath: "/level.bin"))
    request.httpMethod = "POST"
    request.httpBody = Data([1, 2])
    request.addValue("text/plain", forHTTPHeaderField: "Accept")
    let download = BAURLDownload(
      identifier: "level", request: request, essential: false, fileSize: 1 << 40,
      applicationGroupIdentifier: "group.com.example", priority: .min)
    download.move(to: .downloading)
    let data = try NSKeyedArchiver.archivedData(withRootObject: download, requiringSecureCoding: true)
    let copy = try #require(try NSKeyedUnarchiver.unarchivedObject(ofClass: BAURLDownload.self, from: data))
    #expect(copy.record == download.record)
    #expect(copy.transfer?.request.url == request.url)
    #expect(copy.transfer?.request.httpMethod == "POST")
    #expect(copy.transfer?.request.allHTTPHeaderFields == ["Accept": "text/plain"])
    #expect(copy.transfer?.fileSize == 1 << 40)
    #expect(copy.state == .downloading)

    let plain = BADownload(record: DownloadRecord(identifier: "manifest"))
    let plainData = try NSKeyedArchiver.archivedData(withRootObject: plain, requiringSecureCoding: true)
    #expect(
      try NSKeyedUnarchiver.unarchivedObject(ofClass: BADownload.self, from: plainData)?.record == plain.record)
  }

  @Test(arguments: [(nil, nil), (0, 0), (1 << 40, nil), (nil, 7)] as [(Int?, Int?)])
  func infoUnarchives(remaining: Int?, essential: Int?) throws {
    let info = BAAppExtensionInfo(
      restrictedDownloadSizeRemaining: remaining, restrictedEssentialDownloadSizeRemaining: essential)
    let data = try NSKeyedArchiver.archivedData(withRootObject: info, requiringSecureCoding: true)
    let copy = try #require(try NSKeyedUnarchiver.unarchivedObject(ofClass: BAAppExtensionInfo.self, from: data))
    for info in [info, copy] {
      #expect(info.restrictedDownloadSizeRemaining == remaining)
      #expect(info.restrictedEssentialDownloadSizeRemaining == essential)
    }
  }
}
