internal import BAMessages

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A message as the guest will hear it, or why it will not.
enum Prepared: Sendable {
  case ready(GuestEvent, StagedFile?)
  case impossible(GuestError)
  /// Nothing is left to do with its file.
  case settled(Outcome, Settlement)
}

extension Container {
  /// Turns a message of the system into an event of the guest. Takes a finished file over from the system.
  /// - Parameter now: milliseconds since 1970.
  func prepare(_ message: SystemMessage, now: Double) -> Prepared {
    switch message {
    case .contentRequest(let message):
      prepareContentRequest(message)
    case .downloadFinished(let message):
      prepareFinished(message, now: now)
    case .challenge(let message):
      .ready(.didReceiveChallenge(.init(challenge: message.challenge, download: message.download)), nil)
    case .downloadFailed(let message):
      .ready(.downloadFailed(.init(download: message.download, error: message.error)), nil)
    case .extensionWillTerminate:
      .ready(.extensionWillTerminate, nil)
    case .shouldDownload(let assetPack):
      .ready(.shouldDownload(assetPack: assetPack), nil)
    }
  }

  /// What is told of a staged file: to the handler of its download.
  static func finishedEvent(_ file: StagedFile) -> GuestEvent {
    let offered = GuestEvent.DownloadFinished.File(
      path: file.path, size: file.bytes, token: file.token, attempt: file.attempt)
    return .downloadFinished(.init(download: file.download, file: offered))
  }

  private func prepareContentRequest(_ message: SystemMessage.ContentRequest) -> Prepared {
    let what = "The manifest that the system handed over"
    do throws(FileError) {
      guard let manifest = try Files.attributes(message.manifestPath, followingLinks: true) else {
        return impossible("BA_MANIFEST_MISSING", what, FileError(number: ENOENT))
      }
      let contentRequest = GuestEvent.Downloads.ContentRequest(message.rawValue)
      let event = GuestEvent.Downloads(
        contentRequest: contentRequest,
        contentRequestRawValue: message.rawValue,
        essentialAllowed: contentRequest == .install || contentRequest == .update,
        manifest: MappedFile(path: message.manifestPath, size: manifest.size, token: "manifest"),
        info: message.extensionInfo)
      return .ready(.downloads(event), nil)
    } catch {
      return impossible("BA_MANIFEST_MISSING", what, error)
    }
  }

  private func prepareFinished(_ message: SystemMessage.DownloadFinished, now: Double) -> Prepared {
    let download = message.download
    do throws(FileError) {
      switch try takeOver(download, from: message.path, now: now) {
      case .staged(let file): return .ready(Self.finishedEvent(file), file)
      case .settled(let file): return .settled(.answered, Self.settledEarlier(download, file))
      case .exhausted(let file): return .settled(.failed, keptFile(file))
      case .gone: return impossible("BA_FILE_MISSING", nameOf(download), FileError(number: ENOENT))
      }
    } catch {
      return impossible("BA_FILE_MISSING", nameOf(download), error)
    }
  }

  private func impossible(_ code: String, _ what: String, _ error: FileError) -> Prepared {
    let why =
      error.number == ENOENT ? "is gone: the system may have purged it" : "cannot be taken over (\(error.name))"
    return .impossible(GuestError(code: code, message: "\(what) \(why). The handler was not called."))
  }
}

extension GuestEvent.Downloads.ContentRequest {
  /// `BAContentRequest`; essential downloads are permitted in answers to the first two only.
  fileprivate init(_ rawValue: Int) {
    switch rawValue {
    case 1: self = .install
    case 2: self = .update
    case 3: self = .periodic
    case 4: self = .languageChange
    default: self = .unknown
    }
  }
}
