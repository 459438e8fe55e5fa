@testable import BAExtension
import BAMessages
import BAPrincipal
import Foundation
@_spi(BASimulation) import FoundationAppGroups
import Testing
@_spi(BASimulation) import notify

@Suite final class SystemAppleDeviceTests {
  private let folder: SystemTestFolder
  private let group = "group.\(UUID().uuidString)"
  private let bundle: ExtensionBundle

  init() throws {
    folder = try SystemTestFolder()
    bundle = ExtensionBundle(url: folder.url.appending(path: "App.app/Extensions/X.appex"))
    let deadlines = ExtensionConfiguration.Deadlines(
      load: 1, downloads: 1, didReceiveChallenge: 1, downloadFailed: 1, downloadFinished: 1, extensionWillTerminate: 1,
      shouldDownload: 1)
    let configuration = ExtensionConfiguration(
      mode: .unmanaged, applicationGroupIdentifier: group, deadlines: deadlines,
      policies: .init(downloads: .discard, didReceiveChallenge: .performDefaultHandling, shouldDownload: true),
      limits: .init(heapMegabytes: 16))
    try folder.write("", to: "App.app/Extensions/X.appex/handler.cjs")
    try folder.write(JSON.encode(configuration), to: "App.app/Extensions/X.appex/ba-extension.json")
  }

  deinit {
    AppGroups.join(group, container: nil)
  }

  private func join(_ container: String = "Group") throws {
    let url = folder.url.appending(path: container, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    AppGroups.join(group, container: url)
  }

  @Test func withoutTheAppGroupThereIsNoDevice() throws {
    var failure = #expect(throws: DeviceFailure.self) { try Device.appleDevice(in: self.bundle) }
    #expect(failure?.code == "BA_APP_GROUP_MISSING")
    #expect(failure?.message == "The app group \"\(group)\" cannot be used: the system knows no container of it.")
    #expect(failure?.hint.contains("com.apple.security.application-groups") == true)
    // macOS answers with a path that nothing may be written to.
    AppGroups.join(group, container: folder.url.appending(path: "Nowhere"))
    failure = #expect(throws: DeviceFailure.self) { try Device.appleDevice(in: self.bundle) }
    #expect(failure?.message == "The app group \"\(group)\" cannot be used: its container cannot be written.")
  }

  @Test func theDevice() throws {
    try join()
    let device = try Device.appleDevice(in: bundle)
    #expect(device.configuration.applicationGroupIdentifier == group)
    #expect(device.container == "\(folder.path)/Group")
    #expect(device.clockOffset == 0 && device.nativeFunctions.isEmpty)
    let before = Date.now.timeIntervalSince1970 * 1000
    let now = device.now()
    #expect(before <= now && now <= Date.now.timeIntervalSince1970 * 1000)
    #expect(try device.settings.value(forKey: "nothing of ours") == nil)
    device.log(LogEntry(level: .info, message: "line", source: .handler))
    #expect(folder.exists("Group/Library/Caches/ba-extension/log.jsonl"))
  }

  @Test func notifications() throws {
    try join()
    let name = "com.example.\(UUID().uuidString)"
    let posted = Locked<[String]>([])
    let remove = DarwinNotifications.add { posting in
      guard posting == name else { return false }
      posted.withLock { $0.append(posting) }
      return true
    }
    defer { remove() }
    let device = try Device.appleDevice(in: bundle)
    device.postNotification(name)
    #expect(posted.withLock { $0 } == [name])
    device.postNotification("\(name).nobody")
    let log = folder.url.appending(path: "Group/Library/Caches/ba-extension/log.jsonl")
    #expect(try String(contentsOf: log, encoding: .utf8).contains("\(name).nobody"))
  }

  @Test func environment() {
    let environment = Environment.ofProcess()
    #expect(environment.platform == .macOS)
    #expect(environment.osVersion.split(separator: ".").count >= 2)
    #expect(!environment.locale.isEmpty && !environment.locale.contains("_"))
    #expect(Environment.text(.init(majorVersion: 26, minorVersion: 1, patchVersion: 0)) == "26.1")
    #expect(Environment.text(.init(majorVersion: 26, minorVersion: 1, patchVersion: 2)) == "26.1.2")
  }
}
