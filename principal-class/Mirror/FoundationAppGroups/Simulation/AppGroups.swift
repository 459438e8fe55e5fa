public import Foundation
internal import Synchronization

/// The app groups that this process is a member of: none, until it joins one.
@_spi(BASimulation)
public enum AppGroups {
  private static let containers = Mutex<[String: URL]>([:])

  /// - Parameter container: where the group's container is; nil ends the membership.
  public static func join(_ groupIdentifier: String, container: URL?) {
    containers.withLock { $0[groupIdentifier] = container }
  }

  static func container(_ groupIdentifier: String) -> URL? {
    containers.withLock { $0[groupIdentifier] }
  }
}
