public import Foundation
internal import Synchronization

/// What a handle carries, as the simulated system knows it.
@_spi(BASimulation)
public struct DownloadRecord: Sendable, Equatable {
  public let identifier: String
  public let uniqueIdentifier: String
  public let priority: BADownload.Priority
  public let isEssential: Bool

  public init(
    identifier: String,
    uniqueIdentifier: String = UUID().uuidString,
    priority: BADownload.Priority = .default,
    isEssential: Bool = false
  ) {
    self.identifier = identifier
    self.uniqueIdentifier = uniqueIdentifier
    self.priority = priority
    self.isEssential = isEssential
  }

  func settingEssential(_ isEssential: Bool) -> DownloadRecord {
    DownloadRecord(
      identifier: identifier,
      uniqueIdentifier: uniqueIdentifier,
      priority: priority,
      isEssential: isEssential)
  }

  init?(coder: NSCoder) {
    guard
      let identifier = coder.decodeObject(of: NSString.self, forKey: "identifier"),
      let uniqueIdentifier = coder.decodeObject(of: NSString.self, forKey: "uniqueIdentifier")
    else { return nil }
    self.init(
      identifier: String(describing: identifier),
      uniqueIdentifier: String(describing: uniqueIdentifier),
      priority: BADownload.Priority(coder.decodeInteger(forKey: "priority")),
      isEssential: coder.decodeBool(forKey: "essential"))
  }

  func encode(with coder: NSCoder) {
    coder.encode(NSString(string: identifier), forKey: "identifier")
    coder.encode(NSString(string: uniqueIdentifier), forKey: "uniqueIdentifier")
    coder.encode(priority.rawValue, forKey: "priority")
    coder.encode(isEssential, forKey: "essential")
  }
}

extension BADownload {
  /// The system moved the download on.
  @_spi(BASimulation)
  public func move(to state: State) {
    setState(state)
  }
}

/// Counts the objects of a process.
final class Ordinals: Sendable {
  private let last = Atomic(0)

  func next() -> Int {
    last.add(1, ordering: .relaxed).newValue
  }
}
