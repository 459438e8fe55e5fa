import Foundation
import Synchronization
import Testing
@_spi(BASimulation) import os

@Suite struct LogTests {
  /// What `body` logs: other tests of the process log under other subsystems.
  private func logged(_ body: (Logger) -> Void) -> [LoggedMessage] {
    let subsystem = UUID().uuidString
    let messages = Mutex<[LoggedMessage]>([])
    let remove = UnifiedLog.add { message in
      if message.subsystem == subsystem { messages.withLock { $0.append(message) } }
    }
    body(Logger(subsystem: subsystem, category: "handler"))
    remove()
    Logger(subsystem: subsystem, category: "handler").fault("Nobody reads this.")
    return messages.withLock { $0 }
  }

  @Test func showsWhatIsPublicAndTheRestAsADeviceDoes() {
    let user = "somebody"
    let messages = logged { logger in
      logger.log(
        level: .fault,
        "a \(user, privacy: .public) b \(user, privacy: .private) c \(user) d \(user, privacy: .auto)")
      logger.debug("plain 100%")
    }
    #expect(messages.map(\.text) == ["a somebody b <private> c <private> d <private>", "plain 100%"])
    #expect(messages.allSatisfy { $0.category == "handler" })
  }

  @Test func everyFunctionHasItsType() {
    let messages = logged { logger in
      logger.debug("")
      logger.info("")
      logger.notice("")
      logger.error("")
      logger.fault("")
      logger.log(level: .default, "")
    }
    #expect(messages.map(\.type) == [.debug, .info, .default, .error, .fault, .default])
  }
}
