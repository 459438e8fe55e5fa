public import Foundation
internal import Synchronization

/// BADownload.h: a download of the system. It has no URL, size or error to read: keep a table by `identifier`.
@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
open class BADownload: NSObject, NSCoding, NSSecureCoding, NSCopying, @unchecked Sendable {
  @_spi(BASimulation) public let record: DownloadRecord
  /// Grows with each object of this process: a set of downloads has no order of its own.
  @_spi(BASimulation) public let ordinal = ordinals.next()
  private static let ordinals = Ordinals()
  private let currentState: Mutex<State>

  @_spi(BASimulation)
  public init(record: DownloadRecord, state: State = .created) {
    self.record = record
    currentState = Mutex(state)
    super.init()
  }

  /// Where the download stands.
  open var state: BADownload.State { currentState.withLock { $0 } }

  /// The developer's name of the asset, the same in app and extension.
  open var identifier: String { record.identifier }

  /// A UUID of this download, made by the framework.
  open var uniqueIdentifier: String { record.uniqueIdentifier }

  /// Orders the downloads of this app; higher goes first.
  open var priority: BADownload.Priority { record.priority }

  /// Whether the app cannot be launched before this download has ended.
  @available(macOS 13.3, iOS 16.4, visionOS 2.4, tvOS 18.4, *)
  open var isEssential: Bool { record.isEssential }

  /// A copy that is not essential, to schedule again what failed as essential.
  @available(macOS 13.3, iOS 16.4, visionOS 2.4, tvOS 18.4, *)
  open func removingEssential() -> Self {
    sameClass(copy(essential: false))
  }

  open func copy(with zone: NSZone? = nil) -> Any {
    copy(essential: record.isEssential)
  }

  /// The copy is the same download to the system, so it keeps the unique identifier (unpublished; a choice).
  func copy(essential: Bool) -> BADownload {
    BADownload(record: record.settingEssential(essential), state: state)
  }

  func setState(_ state: State) {
    currentState.withLock { $0 = state }
  }

  /// Only a subclass that an app made could fail here, and none can be made: the framework has no hook for it.
  private func sameClass<Download: BADownload>(_ copy: BADownload) -> Download {
    guard let copy = copy as? Download else {
      preconditionFailure("\(type(of: self)) cannot be copied: subclasses of BADownload belong to the framework.")
    }
    return copy
  }

  // NSSecureCoding

  open class var supportsSecureCoding: Bool { true }

  public required init?(coder: NSCoder) {
    guard
      let record = DownloadRecord(coder: coder),
      let state = State(rawValue: coder.decodeInteger(forKey: "state"))
    else { return nil }
    self.record = record
    currentState = Mutex(state)
    super.init()
  }

  open func encode(with coder: NSCoder) {
    record.encode(with: coder)
    coder.encode(state.rawValue, forKey: "state")
  }
}
