public import Foundation

// Foundation has this on Apple's systems only: import it under `#if canImport(FoundationAppGroups)`.
extension FileManager {
  /// The container that the members of an app group share; nil for a group that this process is no member of.
  ///
  /// So it is on iOS. macOS answers with a path in any case, and refuses access to it.
  public func containerURL(forSecurityApplicationGroupIdentifier groupIdentifier: String) -> URL? {
    AppGroups.container(groupIdentifier)
  }
}
