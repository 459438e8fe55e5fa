import BAExtension
import BAMessages
import BAPrincipal
import BackgroundAssets
import Foundation
import Testing

extension OneProcess {
  /// What the system is answered when the handler fails, and when it has no callback.
  @Suite struct PolicyTests {
    let device: TestDevice
    let unmanaged: Unmanaged
    let managed: Managed

    @MainActor init() throws {
      device = try TestDevice()
      unmanaged = Unmanaged()
      managed = Managed()
    }

    static let failures: [DispatchOutcome] = [
      .threw, .deadline("It was slow."), .engine("It crashed."), .stopped("It was stopped."), .returned(.integer(1)),
    ]

    @Test(arguments: failures.indices, [ExtensionConfiguration.Policies.Downloads.discard, .keep])
    func downloads(failure: Int, policy: ExtensionConfiguration.Policies.Downloads) throws {
      // What `downloads` returns has left as it was yielded.
      let outcome = failure == 4 ? DispatchOutcome.threw : Self.failures[failure]
      device.install(.test(downloads: policy)) { _, stage in
        stage.yield(message("a"))
        stage.yield(message("http", url: "http://example.com/a"))
        return outcome
      }
      let manifest = try device.file("manifest", "{}")
      let objects = requestDownloads(of: unmanaged, for: .periodic, manifest: manifest, info: unrestricted)
      #expect(objects.map(\.identifier) == (policy == .keep ? ["a"] : []))
      #expect(!device.observations.isEmpty)
    }

    @Test(arguments: failures.indices, ExtensionConfiguration.Policies.DidReceiveChallenge.allCases)
    func challenges(failure: Int, policy: ExtensionConfiguration.Policies.DidReceiveChallenge) async {
      device.install(.test(didReceiveChallenge: policy)) { _, _ in Self.failures[failure] }
      let (disposition, credential) = await deliver(challenge(), of: manifestDownload(), to: unmanaged)
      let expected: URLSession.AuthChallengeDisposition =
        switch policy {
        case .performDefaultHandling: .performDefaultHandling
        case .cancelChallenge: .cancelAuthenticationChallenge
        case .rejectProtectionSpace: .rejectProtectionSpace
        }
      #expect(disposition == expected && credential == nil)
      #expect(!device.observations.isEmpty)
    }

    @Test(arguments: failures.indices, [true, false])
    func shouldDownload(failure: Int, policy: Bool) {
      device.install(.test(mode: .managed, shouldDownload: policy)) { _, _ in Self.failures[failure] }
      #expect(ask(managed, about: assetPack("Tutorial")) == policy)
      #expect(!device.observations.isEmpty)
    }

    /// The policies are for failures: without a callback the answer is Apple's own default.
    @Test func withoutTheCallback() async throws {
      let configuration = ExtensionConfiguration.test(didReceiveChallenge: .cancelChallenge)
      device.install(configuration) { _, _ in .answered(.notImplemented) }
      let manifest = try device.file("manifest", "{}")
      #expect(requestDownloads(of: unmanaged, for: .install, manifest: manifest, info: unrestricted).isEmpty)
      #expect(await deliver(challenge(), of: manifestDownload(), to: unmanaged).0 == .performDefaultHandling)
      device.install(.test(mode: .managed, shouldDownload: false)) { _, _ in .answered(.notImplemented) }
      #expect(ask(managed, about: assetPack("Tutorial")))
      #expect(device.observations.isEmpty)
    }
  }
}
