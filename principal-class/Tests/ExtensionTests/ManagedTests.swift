import BAExtension
import BAMessages
import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// In the managed modes the handler is asked what it may be asked; the rest stays with the system.
  @Suite struct ManagedTests {
    let device: TestDevice
    let managed: Managed
    let store: Store

    @MainActor init() throws {
      device = try TestDevice()
      managed = Managed()
      store = Store()
    }

    @Test func shouldDownload() throws {
      for (mode, answer) in [(Mode.managed, { ask(managed, about: $0) }), (.store, { ask(store, about: $0) })] {
        device.install(.test(mode: mode)) { event, _ in
          guard case .shouldDownload(let pack) = event else { return .threw }
          return .returned(.bool(pack.id != "Unwanted"))
        }
        #expect(answer(assetPack("Tutorial")))
        #expect(!answer(assetPack("Unwanted")))
      }
      #expect(device.events.count == 4)
    }

    @Test func aChallengeOfASelfHostedPack() async {
      device.install(.test(mode: .managed)) { _, _ in
        .returned(.object(["disposition": .string("rejectProtectionSpace")]))
      }
      let (disposition, _) = await deliver(challenge(), of: manifestDownload(), to: managed)
      #expect(disposition == .rejectProtectionSpace)
      guard case .didReceiveChallenge(let event)? = device.events.first else {
        Issue.record("\(device.events)")
        return
      }
      #expect(event.download.kind == .other)
    }

    /// Whoever hosts with Apple must not answer challenges.
    @Test func aChallengeOfAPackThatAppleHosts() async {
      device.install(.test(mode: .store)) { _, _ in .returned(.object(["disposition": .string("cancelChallenge")])) }
      let (disposition, credential) = await deliver(challenge(), of: manifestDownload(), to: store)
      #expect(disposition == .performDefaultHandling && credential == nil)
      #expect(device.events.isEmpty && device.guests.isEmpty)
    }

    @Test func theSystemsBookkeepingStaysTheSystems() throws {
      let books = Books()
      Simulation.install(books)
      let file = try device.file("pack.tmp", "content")
      let manifest = try device.file("manifest.json", "{}")
      let error = NSError(domain: BAErrorDomain, code: 102)
      for mode in [Mode.managed, .store] {
        device.install(.test(mode: mode)) { _, _ in .threw }
        let call = { (principal: any ManagedDownloaderExtension) in
          _ = requestDownloads(of: principal, for: .install, manifest: manifest, info: unrestricted)
          deliverFailure(error, of: urlDownload("failed"), to: principal)
          deliver(file, of: urlDownload("finished"), to: principal)
          terminate(principal)
        }
        call(mode == .managed ? managed : store)
      }
      #expect(device.events.isEmpty && device.guests.isEmpty)
      #expect(books.calls == ["failed failed", "finished finished", "failed failed", "finished finished"])
      #expect(FileManager.default.fileExists(atPath: file.path(percentEncoded: false)))
    }

    /// The system's own `downloads(for:…)` asks about each pack of the manifest that its policy asks for.
    @Test func theSystemAsksAboutThePacksOfAManifest() throws {
      Simulation.install(Books())
      let manifest = try device.file(
        "manifest.json",
        """
        { "assetPacks": [
          { "id": "Tutorial", "version": 2, "downloadSize": 10, "url": "https://example.com/Tutorial",
            "userInfo": { "level": 1 },
            "downloadPolicy": { "essential": { "installationEventTypes": ["firstInstallation"] } } },
          { "id": "Unwanted", "version": 1, "downloadSize": 20, "url": "https://example.com/Unwanted",
            "downloadPolicy": { "prefetch": { "installationEventTypes": ["firstInstallation"] } } },
          { "id": "Extra", "version": 1, "downloadSize": 30, "downloadPolicy": { "onDemand": {} } } ] }
        """)
      device.install(.test(mode: .managed)) { event, _ in
        guard case .shouldDownload(let pack) = event else { return .threw }
        return .returned(.bool(pack.id != "Unwanted"))
      }
      let downloads = requestDownloads(of: managed, for: .install, manifest: manifest, info: unrestricted)
      #expect(downloads.map(\.identifier) == ["Tutorial"])
      let asked = device.events.compactMap { event in
        if case .shouldDownload(let pack) = event { pack } else { nil }
      }
      #expect(Set(asked.map(\.id)) == ["Tutorial", "Unwanted"])
      #expect(asked.first { $0.id == "Tutorial" }?.userInfo == #"{"level":1}"#)
    }
  }
}
