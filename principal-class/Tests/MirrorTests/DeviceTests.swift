import Foundation
@_spi(BASimulation) import FoundationAppGroups
import Synchronization
import Testing
@_spi(BASimulation) import notify

@Suite struct DeviceTests {
  @Test func containersOfAppGroups() {
    let group = "group.\(UUID().uuidString)"
    #expect(FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: group) == nil)
    let container = URL(filePath: "/containers/one", directoryHint: .isDirectory)
    AppGroups.join(group, container: container)
    #expect(FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: group) == container)
    AppGroups.join(group, container: nil)
    #expect(FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: group) == nil)
  }

  @Test func darwinNotifications() {
    let name = "com.example.fertig – ü \(UUID().uuidString)"
    #expect(notify_post(name) != NOTIFY_STATUS_OK)
    let posted = Mutex<[String]>([])
    let remove = DarwinNotifications.add { posting in
      guard posting == name else { return false }
      posted.withLock { $0.append(posting) }
      return true
    }
    #expect(notify_post(name) == NOTIFY_STATUS_OK)
    remove()
    #expect(notify_post(name) != NOTIFY_STATUS_OK)
    #expect(posted.withLock { $0 } == [name])
  }
}
