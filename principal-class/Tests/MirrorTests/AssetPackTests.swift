@_spi(BASimulation) import BackgroundAssets
import System
import Testing

private struct Selective: ManagedDownloaderExtension {
  func shouldDownload(_ assetPack: AssetPack) -> Bool { assetPack.id != "Unwanted" }
}

private let json = """
  {
    "primaryLanguage": "en",
    "assetPacks": [
      { "id": "Tutorial", "version": 2, "downloadSize": 10, "url": "https://example.com/Tutorial",
        "userInfo": { "level": 1, "ratio": 0.5, "tags": [true, null] },
        "downloadPolicy": { "essential": { "installationEventTypes": ["firstInstallation"] } } },
      { "id": "Music", "version": 1, "downloadSize": 20, "url": "https://example.com/Music", "language": "de",
        "downloadPolicy": { "prefetch": { "installationEventTypes": ["firstInstallation", "subsequentUpdate"] } } },
      { "id": "Extra", "version": 0, "downloadSize": 30, "downloadPolicy": { "onDemand": {} } },
      { "id": "Unwanted", "version": 0, "downloadSize": 30,
        "downloadPolicy": { "prefetch": { "installationEventTypes": ["firstInstallation"] } } }
    ]
  }
  """

@Suite struct AssetPackTests {
  let manifest: AssetPackManifest

  init() throws {
    manifest = try AssetPackManifest(from: Data(json.utf8), appGroupID: "group.com.example")
  }

  @Test func reads() throws {
    #expect(Set(manifest.assetPacks.map(\.id)) == ["Tutorial", "Music", "Extra", "Unwanted"])
    let tutorial = try #require(manifest.assetPack(withID: "Tutorial"))
    #expect(tutorial.version == 2 && tutorial.downloadSize == 10 && tutorial.language == nil)
    #expect(tutorial.userInfo == Data(#"{"level":1,"ratio":0.5,"tags":[true,null]}"#.utf8))
    #expect(manifest.assetPack(withID: "Nothing") == nil)
    #expect(manifest.primaryLanguage == Locale.Language(identifier: "en"))
    #expect(manifest.availableLanguages == [Locale.Language(identifier: "de")])
    #expect(manifest.localizedAssetPacks(for: Locale.Language(identifier: "de-DE")).map(\.id) == ["Music"])
    #expect(throws: DecodingError.self) { try AssetPackManifest(from: Data("{}".utf8), appGroupID: "") }
  }

  @Test func writesWhatItReads() throws {
    let again = try AssetPackManifest(from: JSONEncoder().encode(manifest), appGroupID: "group.com.example")
    #expect(again.assetPacks == manifest.assetPacks)
    #expect(again.primaryLanguage == manifest.primaryLanguage)
  }

  @Test func downloadsOfPacks() throws {
    let pack = try #require(manifest.assetPack(withID: "Tutorial"))
    #expect(pack.download(for: .install).isEssential)
    #expect(!pack.download(for: .update).isEssential && !pack.download(for: nil).isEssential)
    let download = try #require(pack.download(for: nil) as? BAURLDownload)
    #expect(download.transfer?.fileSize == 10)
    #expect(download.transfer?.applicationGroupIdentifier == "group.com.example")
    #expect(manifest.allDownloads(for: .install).count == 4)
  }

  @Test(arguments: [
    (BAContentRequest.install, ["Music", "Tutorial"]), (.update, ["Music"]), (.periodic, []), (.languageChange, []),
  ])
  func managedExtensionAnswersByPolicy(request: BAContentRequest, expected: [String]) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString).json")
    try Data(json.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let info = BAAppExtensionInfo(
      restrictedDownloadSizeRemaining: nil, restrictedEssentialDownloadSizeRemaining: nil)
    let downloads = await Selective().downloads(for: request, manifestURL: file, extensionInfo: info)
    #expect(downloads.map(\.identifier).sorted() == expected)
  }

  @Test func updatesReachWhoFollowsThem() async throws {
    let pack = try #require(manifest.assetPack(withID: "Music"))
    let other = try #require(manifest.assetPack(withID: "Extra"))
    var all = await AssetPackManager.shared.statusUpdates.makeAsyncIterator()
    var one = AssetPackManager.shared.statusUpdates(forAssetPackWithID: "Music").makeAsyncIterator()
    Simulation.publish(.began(other))
    Simulation.publish(.began(pack))
    Simulation.publish(.finished(pack))
    #expect(await all.next(isolation: nil)?.description == "Extra began")
    #expect(await one.next(isolation: nil)?.description == "Music began")
    #expect(await one.next(isolation: nil)?.description == "Music finished")
    #expect(await one.next(isolation: nil) == nil)
  }

  @Test func withoutASystemTheManagerFails() async {
    Simulation.disconnect()  // tests of other targets share this process
    let manager = AssetPackManager.shared
    let error = await #expect(throws: NSError.self) { try await manager.manifest }
    #expect(error?.code == BAErrorCode.callerConnectionInvalid.rawValue)
    #expect(!manager.assetPackIsAvailableLocally(withID: "Music"))
  }

  @Test func errorsDescribeThemselves() {
    #expect(ManagedBackgroundAssetsError.fileNotFound(at: "a/b").errorDescription?.contains("a/b") == true)
    #expect("\(ManagedBackgroundAssetsError.assetPackNotFound(withID: "x"))".contains("x"))
  }
}
