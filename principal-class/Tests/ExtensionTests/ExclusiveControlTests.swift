import BAExtension
import BAMessages
import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// Exclusive control lasts as long as the handler of the manager runs: it runs until control is given back.
  @Suite struct ExclusiveControlTests {
    let manager = PlayedManager()
    let services = DownloadManagerServices(configuration: .test())
    let device: TestDevice
    let principal: Unmanaged

    @MainActor init() throws {
      Simulation.install(manager)
      device = try TestDevice()
      principal = Unmanaged()
    }

    private func acquire(before: Double? = nil) -> DownloadError? {
      let answer = Locked<DownloadError?>(nil)
      let done = DispatchSemaphore(value: 0)
      services.acquireExclusiveControl(before: before) { error in
        answer.withLock { $0 = error }
        done.signal()
      }
      done.wait()
      return answer.withLock { $0 }
    }

    @Test func grantedUntilItIsGivenBack() throws {
      #expect(acquire() == nil)
      #expect(acquireCalls == ["acquire forever"])
      // The synchronous form does not need the queue that is blocked.
      #expect(try services.currentDownloads() == [])
      services.releaseExclusiveControl()
      manager.waitForReturn()
      #expect(acquireCalls == ["acquire forever", "returned true"])
      services.releaseExclusiveControl()
      #expect(acquire(before: 1_500) == nil)
      services.releaseExclusiveControl()
      manager.waitForReturn()
      #expect(acquireCalls.suffix(2) == ["acquire 1.5", "returned true"])
    }

    private var acquireCalls: [String] { manager.calls.filter { $0 != "current" } }

    @Test func refused() {
      let held = NSError(domain: NSPOSIXErrorDomain, code: 35, userInfo: [NSLocalizedDescriptionKey: "Held."])
      manager.state.withLock { $0.control = .refused(held) }
      #expect(
        acquire(before: 0)
          == DownloadError(
            domain: NSPOSIXErrorDomain, code: 35, name: "EAGAIN", message: "Held.", underlying: nil, userInfo: [:]))
      manager.waitForReturn()
      #expect(acquireCalls == ["acquire 0.0", "returned false"])
    }

    /// `false` without an error.
    @Test func refusedWithoutAReason() {
      manager.state.withLock { $0.control = .refused(nil) }
      let error = acquire()
      #expect(error?.domain == "NSMachErrorDomain" && error?.code == 5)
      manager.waitForReturn()
    }

    @Test func givenBackInTheCompletion() {
      services.acquireExclusiveControl(before: nil) { [services] _ in services.releaseExclusiveControl() }
      manager.waitForReturn()
      #expect(acquireCalls == ["acquire forever", "returned true"])
    }

    // Through the handler's calls.

    @Test func aHandlerHoldsIt() throws {
      let whileHeld = Locked<[String]>([])
      let manager = manager
      device.install { _, stage in
        guard case .success = stage.call("downloadManager.acquireExclusiveControl", ["before": .integer(2_000)]),
          case .success = stage.call("downloadManager.currentDownloads")
        else { return .threw }
        whileHeld.withLock { $0 = manager.calls }
        guard case .success = stage.call("downloadManager.releaseExclusiveControl") else { return .threw }
        manager.waitForReturn()
        return .done
      }
      deliverFailure(URLError(.timedOut), of: urlDownload("level"), to: principal)
      #expect(device.observations.isEmpty)
      #expect(whileHeld.withLock { $0 } == ["acquire 2.0", "current"])
      #expect(manager.calls == ["acquire 2.0", "current", "returned true"])
    }

    @Test func aHandlerIsRefused() {
      manager.state.withLock { $0.control = .refused(nil) }
      let reply = Locked<HostReply?>(nil)
      device.install { _, stage in
        let given = stage.call("downloadManager.acquireExclusiveControl")
        reply.withLock { $0 = given }
        return .done
      }
      deliverFailure(URLError(.timedOut), of: urlDownload("level"), to: principal)
      guard case .failure(let error)? = reply.withLock({ $0 }) else {
        Issue.record("It was granted.")
        return
      }
      #expect(error.code == "BA_EXCLUSIVE_CONTROL")
    }

    /// The engine dies, or the handler forgets: the end of the call gives it back.
    @Test(arguments: [true, false]) func theEndOfTheCallGivesItBack(dies: Bool) {
      device.install { _, stage in
        _ = stage.call("downloadManager.acquireExclusiveControl")
        return dies ? .engine("It crashed.") : .done
      }
      deliverFailure(URLError(.timedOut), of: urlDownload("level"), to: principal)
      manager.waitForReturn()
      #expect(acquireCalls == ["acquire forever", "returned true"])
    }

    /// Nobody waits any more when it is granted at last: it is given back at once.
    @Test func grantedTooLate() {
      manager.state.withLock { $0.control = .waiting }
      device.install { _, stage in
        stage.hooks.onHostCall(HostCall(name: "downloadManager.acquireExclusiveControl", args: [:])) { _ in }
        // Behind the request on the manager's queue.
        _ = stage.call("downloadManager.currentDownloads")
        return .done
      }
      deliverFailure(URLError(.timedOut), of: urlDownload("level"), to: principal)
      manager.grant()
      manager.waitForReturn()
      #expect(acquireCalls == ["acquire forever", "returned true"])
    }
  }
}
