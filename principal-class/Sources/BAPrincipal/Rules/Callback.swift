package import BAMessages

/// A callback of the handler.
package enum Callback: String, Sendable, CaseIterable {
  case downloads, didReceiveChallenge, downloadFailed, downloadFinished, extensionWillTerminate, shouldDownload

  /// The callbacks that a handler may have: in the managed modes the rest is the system's bookkeeping.
  static func all(of mode: Mode) -> [Callback] {
    switch mode {
    case .unmanaged: [.downloads, .didReceiveChallenge, .downloadFailed, .downloadFinished, .extensionWillTerminate]
    case .managed: [.shouldDownload, .didReceiveChallenge]
    case .store: [.shouldDownload]
    }
  }
}

extension SystemMessage {
  /// Which callback of the handler it calls.
  package var callback: Callback {
    switch self {
    case .contentRequest: .downloads
    case .challenge: .didReceiveChallenge
    case .downloadFailed: .downloadFailed
    case .downloadFinished: .downloadFinished
    case .extensionWillTerminate: .extensionWillTerminate
    case .shouldDownload: .shouldDownload
    }
  }

  /// Whether it clears up what earlier calls left: those that can come while another one is answered do not, and in the
  /// managed modes nothing is left.
  var clearsUp: Bool {
    switch self {
    case .contentRequest, .downloadFailed, .downloadFinished: true
    case .challenge, .extensionWillTerminate, .shouldDownload: false
    }
  }
}

extension GuestEvent {
  var callback: Callback {
    switch self {
    case .downloads: .downloads
    case .didReceiveChallenge: .didReceiveChallenge
    case .downloadFailed: .downloadFailed
    case .downloadFinished: .downloadFinished
    case .extensionWillTerminate: .extensionWillTerminate
    case .shouldDownload: .shouldDownload
    }
  }
}

extension ExtensionConfiguration.Deadlines {
  /// Milliseconds.
  subscript(_ callback: Callback) -> Int {
    switch callback {
    case .downloads: downloads
    case .didReceiveChallenge: didReceiveChallenge
    case .downloadFailed: downloadFailed
    case .downloadFinished: downloadFinished
    case .extensionWillTerminate: extensionWillTerminate
    case .shouldDownload: shouldDownload
    }
  }
}
