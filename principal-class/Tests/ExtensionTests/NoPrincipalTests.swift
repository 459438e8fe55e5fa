import BAExtension
import BAMessages
import BAPrincipal
import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// Nothing that the handler could be called with: the answer is Apple's own default, and nothing crashes.
  @Suite struct NoPrincipalTests {
    let device: TestDevice
    let unmanaged: Unmanaged
    let managed: Managed

    @MainActor init() throws {
      device = try TestDevice()
      unmanaged = Unmanaged()
      managed = Managed()
    }

    private func expectDefaults() async throws {
      let file = try device.file("download.tmp", "content")
      #expect(requestDownloads(of: unmanaged, for: .install, manifest: file, info: unrestricted).isEmpty)
      let (disposition, credential) = await deliver(challenge(), of: manifestDownload(), to: unmanaged)
      #expect(disposition == .performDefaultHandling && credential == nil)
      deliverFailure(URLError(.timedOut), of: urlDownload("level"), to: unmanaged)
      deliver(file, of: urlDownload("level"), to: unmanaged)
      terminate(unmanaged)
      #expect(ask(managed, about: assetPack("Tutorial")))
      // The system's file is the system's.
      #expect(FileManager.default.fileExists(atPath: file.path(percentEncoded: false)))
    }

    @Test func withoutADevice() async throws {
      ExtensionPrincipal.shared.shutDown()
      let asked = Locked(0)
      Device.install { () throws(DeviceFailure) -> Device in
        asked.withLock { $0 += 1 }
        throw DeviceFailure(code: "BA_APP_GROUP_MISSING", message: "There is no container.", hint: "None.")
      }
      try await expectDefaults()
      // Each call tries again.
      #expect(asked.withLock { $0 } == 6)
    }

    @Test func whereTheHandlerWasBuiltForAnotherMode() async throws {
      device.install(.test(mode: .store, shouldDownload: false)) { _, _ in .returned(.bool(false)) }
      try await expectDefaults()
      #expect(device.events.isEmpty && device.guests.isEmpty)
    }

    @Test func whereTheEngineDoesNotStart() async throws {
      ExtensionPrincipal.shared.shutDown()
      var broken = device.device(.test(didReceiveChallenge: .cancelChallenge)) { _, _ in .done }
      broken.launch = { _, _ throws(LaunchFailure) in
        throw LaunchFailure(code: "BA_ENGINE", message: "There is no engine.")
      }
      let installed = broken
      Device.install { () throws(DeviceFailure) -> Device in installed }
      let manifest = try device.file("manifest", "{}")
      #expect(requestDownloads(of: unmanaged, for: .install, manifest: manifest, info: unrestricted).isEmpty)
      // There is a configuration, and so its policies count.
      #expect(await deliver(challenge(), of: manifestDownload(), to: unmanaged).0 == .cancelAuthenticationChallenge)
      #expect(device.observations.map(\.error.code) == ["BA_LOAD_FAILED", "BA_LOAD_FAILED"])
    }

    /// The system does not give the container in time: the call ends, and a later one finds the principal made.
    @Test(.timeLimit(.minutes(1))) func whereTheDeviceIsSlow() throws {
      let mayGive = DispatchSemaphore(value: 0)
      let asked = Locked(0)
      let given = device.device { _, stage in
        stage.yield(message("a"))
        return .done
      }
      Device.install { () throws(DeviceFailure) -> Device in
        asked.withLock { $0 += 1 }
        mayGive.wait()
        return given
      }
      let principal = ExtensionPrincipal(makingLimit: 1)
      defer { principal.shutDown() }
      let calls = ExtensionCalls(of: Unmanaged.self, mode: .unmanaged, principal: principal)
      let manifest = try device.file("manifest", "{}")
      let request = { calls.downloads(for: .install, manifestURL: manifest, extensionInfo: unrestricted) }
      #expect(request().isEmpty)
      #expect(request().isEmpty)
      #expect(device.guests.isEmpty)

      mayGive.signal()
      var objects = request()
      while objects.isEmpty { objects = request() }
      #expect(objects.map(\.identifier) == ["a"])
      #expect(asked.withLock { $0 } == 1)
    }
  }
}
