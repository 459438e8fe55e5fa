internal import BAMessages

/// The app group's container, and everything that the principal class keeps in it.
package struct Container: Sendable {
  /// The principal class's own folder, which handlers can neither read nor change.
  static let ownFolder = "Library/Caches/ba-extension"

  /// Absolute.
  package let path: String

  package init(path: String) {
    self.path = Paths.normalized(path)
  }

  package var ownPath: String { Paths.joined(path, Self.ownFolder) }

  /// Files under way.
  var temporaryFolder: String { Paths.joined(ownPath, "temporary") }

  /// A path below the container as handlers see it: relative to it.
  func relative(_ path: String) -> String {
    guard Paths.isWithin(path, self.path) else { return path }
    let rest = Paths.normalized(path).utf8.dropFirst(self.path.utf8.count)
    return String(Substring(rest.drop { $0 == UInt8(ascii: "/") }))
  }
}
