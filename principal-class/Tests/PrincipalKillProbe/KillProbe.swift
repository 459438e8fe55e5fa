import BAMessages
import BAPrincipal
import Foundation
import PrincipalTestSupport

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A process that plays one wake of an extension and ends itself with SIGKILL before the change of files of a given
/// number. Its arguments: the number, and a `Wake` as JSON. When the wake has fewer changes, it prints the reply
/// and exits with 0. The twin of `src/principal/testing/kill-child.ts`.
@main struct KillProbe {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let killAt = Int(arguments[1]) else {
      throw VectorError("Give the number of a change, and a wake as JSON.")
    }
    let wake = try JSON.decode(Wake.self, from: Data(arguments[2].utf8))
    endItself(before: killAt)
    let principal = Principal(
      options: wake.options,
      environment: Environment(platform: .macOS, osVersion: "26.1", locale: "en-US"),
      bundle: BundleRecord(infoDictionary: [:], appInfoDictionary: [:]))
    let reply = principal.handle(wake.message)
    principal.shutDown()
    print(String(decoding: try JSON.encode(message(reply)), as: UTF8.self))
  }

  private static func message(_ reply: PrincipalReply) -> SystemReply {
    SystemReply(
      answer: reply.answer, outcome: reply.outcome, durationMs: reply.durationMs, file: reply.file,
      reoffered: reply.reoffered, notifications: reply.notifications, logs: [], diagnostics: [])
  }

  private static func endItself(before killAt: Int) {
    let changes = Locked(0)
    Files.willChange.withLock {
      $0 = { _ in
        // Under the lock, so that no other thread changes anything meanwhile.
        changes.withLock { number in
          if number == killAt { kill(getpid(), SIGKILL) }
          number += 1
        }
      }
    }
  }
}

/// One wake: below `root` are the files of the system and the container.
private struct Wake: Decodable {
  let root: String
  let message: SystemMessage
  let guest: GuestScript

  /// With a system that refuses nothing it is not asked for, and deadlines that nobody waits for.
  var options: PrincipalOptions {
    let container = root + "/container"
    let script = guest
    return PrincipalOptions(
      launch: { _, hooks throws(LaunchFailure) in try ScriptedGuest.launch(script, hooks, ScriptedGuest.Record()) },
      container: container,
      configuration: ExtensionConfiguration(
        mode: .unmanaged,
        applicationGroupIdentifier: "group.example",
        deadlines: .init(
          load: 1, downloads: 2, didReceiveChallenge: 3, downloadFailed: 4, downloadFinished: 5,
          extensionWillTerminate: 6, shouldDownload: 7),
        policies: .init(downloads: .discard, didReceiveChallenge: .performDefaultHandling, shouldDownload: true),
        limits: .init(heapMegabytes: 1)),
      system: ScriptedSystem(nil),
      settings: NoSettings(),
      postNotification: { _ in },
      now: { 1_700_000_000_000 },
      log: { _ in })
  }
}

private struct NoSettings: SettingsStore {
  private var refusal: GuestError { GuestError(code: "BA_SETTINGS_UNREADABLE", message: "There are none.") }

  func value(forKey key: String) throws(GuestError) -> PropertyListValue? { throw refusal }
  func setValue(_ value: PropertyListValue?, forKey key: String) throws(GuestError) { throw refusal }
}
