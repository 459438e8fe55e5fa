internal import BAMessages

/// Where paths are relative to.
enum StoragePlace: String, Codable, Sendable, CaseIterable {
  /// `Library/Caches` of the container.
  case caches
  case container

  fileprivate var folder: String {
    switch self {
    case .caches: "Library/Caches"
    case .container: ""
    }
  }
}

/// A path of a handler, as it came in a host call.
struct PlacedPath: Decodable, Sendable {
  var path: String
  /// Nil: the caches.
  var place: StoragePlace?
}

/// What will be done at a path.
struct Access: OptionSet, Sendable {
  let rawValue: Int

  /// The place itself may be named: for listing.
  static let root = Access(rawValue: 1)
  /// The operation follows a symbolic link at the end of the path: reading does, renaming and removing do not.
  static let follow = Access(rawValue: 2)
  /// The operation takes everything below the path along: removing and moving.
  static let subtree = Access(rawValue: 4)
}

extension Container {
  /// The absolute path that a handler means. Every path of a handler comes through here before the disk is touched.
  /// Throws `BA_PATH_OUTSIDE_CONTAINER` (absolute, by `..`, or through a symbolic link), `BA_PATH_RESERVED` or
  /// `BA_PATH_INVALID`.
  func resolve(_ given: PlacedPath, _ access: Access = []) throws(GuestError) -> String {
    let path = given.path
    let name = JSON.quoted(path)
    if path.utf8.contains(0) {
      throw GuestError(code: "BA_PATH_INVALID", message: "The path \(name) has a zero byte.")
    }
    let start = Paths.joined(self.path, (given.place ?? .caches).folder)
    let target = Paths.resolve(start, path)
    if Paths.isAbsolute(path) || !Paths.isWithin(target, self.path) { throw outside(path) }
    let isPlace = Paths.areEqual(target, start) || Paths.areEqual(target, self.path)
    if !access.contains(.root), Paths.endsWithSlash(path) || isPlace {
      throw GuestError(
        code: "BA_PATH_INVALID", message: "The path \(name) names a folder, not a file.",
        hint: "End the path with a file name, for example \"assets/level-1.pak\".")
    }
    if Paths.isWithin(target, ownPath) || (access.contains(.subtree) && Paths.isWithin(ownPath, target)) {
      throw reserved(path)
    }
    guard let root = existing(self.path),
      let real = realFolder(access.contains(.follow) ? target : Paths.parent(of: target)),
      Paths.isWithin(real, root)
    else { throw outside(path) }
    let own = Paths.joined(root, Self.ownFolder)
    if Paths.isWithin(real, own) { throw reserved(path) }
    // A folder can have other names: through a link further up, or on a volume that ignores case.
    if access.contains(.subtree), isFolder(target), let whole = existing(target),
      Paths.isWithin(own, whole) || Paths.isWithin(whole, own)
    {
      throw reserved(path)
    }
    return target
  }

  /// Where a path, or the nearest folder above it that exists, lies on disk. Nil for a link that leads nowhere, or in a
  /// circle: making folders through it could end anywhere.
  private func realFolder(_ path: String) -> String? {
    var path = path
    while (try? Files.attributes(path, followingLinks: false)) == nil {
      let parent = Paths.parent(of: path)
      if Paths.areEqual(parent, path) { return nil }
      path = parent
    }
    return existing(path)
  }

  private func isFolder(_ path: String) -> Bool {
    (try? Files.attributes(path, followingLinks: false))?.kind == .folder
  }

  private func existing(_ path: String) -> String? {
    try? Files.realPath(path)
  }

  private func reserved(_ path: String) -> GuestError {
    GuestError(
      code: "BA_PATH_RESERVED",
      message: "The path \(JSON.quoted(path)) reaches into \(Self.ownFolder), which belongs to ba-extension.",
      hint: "Choose another folder of the container.")
  }

  private func outside(_ path: String) -> GuestError {
    GuestError(
      code: "BA_PATH_OUTSIDE_CONTAINER",
      message: "The path \(JSON.quoted(path)) leaves the container of the app group.",
      hint: "Use a relative path without \"..\", for example \"assets/level-1.pak\".")
  }
}
