internal import BAMessages
internal import Foundation

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// Files of the app group's container.
enum StorageServices {
  static let stat = Service.quick { call in
    let path = try call.container.resolve(call.arguments.placedPath(), .follow)
    guard let found = try Files.attributes(path, followingLinks: true), found.kind == .file else { return .null }
    return .object(["size": .integer(found.size), "modifiedAt": .integer(Int(found.modifiedAt.rounded()))])
  }

  static let read = Service.quick { call in
    let placed = try call.arguments.placedPath()
    guard let content = try Files.read(call.container.resolve(placed, .follow)) else { return .null }
    if let text = strictText(content) { return .string(text) }
    throw GuestError(
      code: "BA_FILE_NOT_TEXT",
      message: "\(JSON.quoted(placed.path)) is not UTF-8 text.",
      hint: "storage.read() reads text files only.")
  }

  static let open = Service.quick { call in
    let placed = try call.arguments.placedPath()
    let named = try call.container.resolve(placed, .follow)
    // What the name means now: whoever reads later must not follow a link that was changed meanwhile.
    guard
      let path = try Files.realPath(named),
      let found = try Files.attributes(path, followingLinks: true)
    else { return .null }
    if found.kind != .file {
      throw GuestError(
        code: "BA_PATH_INVALID",
        message: "The path \(JSON.quoted(placed.path)) names no file that can be read.",
        hint: "storage.list() tells the files below a folder.")
    }
    let token = call.calls.token(forFileAt: path)
    return .object(["path": .string(path), "size": .integer(found.size), "token": .string(token)])
  }

  static let write = Service.quick { call in
    let placed = try call.arguments.placedPath()
    let text = try call.arguments.string("text")
    try Files.writeAtomically(Data(text.utf8), to: call.container.resolve(placed), in: call.container)
    return .null
  }

  static let list = Service.quick { call in
    let folder = try call.container.resolve(call.arguments.placedPath(), [.root, .follow])
    let own = (call.container.ownPath + "/").utf8
    let names = try Files.filesBelow(folder).filter { !Paths.joined(folder, $0).utf8.starts(with: own) }
    return .array(names.map(JSONValue.string))
  }

  static let move = Service.quick { call in
    let from = try call.arguments.placedPath("from")
    let to = try call.arguments.placedPath("to")
    let source = try call.container.resolve(from, .subtree)
    let target = try call.container.resolve(to)
    if try Files.attributes(source, followingLinks: false) == nil {
      throw GuestError(
        code: "BA_FILE_NOT_FOUND",
        message: "There is no file \(JSON.quoted(from.path)) to move.",
        hint: "Ask storage.stat() first; the system may purge files of the caches.")
    }
    try Files.rename(source, into: target)
    return .null
  }

  static let remove = Service.quick { call in
    try Files.removeTree(call.container.resolve(call.arguments.placedPath(), .subtree))
    return .null
  }

  /// Bytes that are free on the volume.
  static let available = Service.quick { call in
    .integer(try freeBytes(CPath(call.container.path)))
  }

  private static func freeBytes(_ path: CPath) throws(FileError) -> Int {
    #if canImport(Darwin)
    // Its `statvfs` counts in 32 bits.
    var volume = statfs()
    try attempt { statfs(path.characters, &volume) }
    return Int(volume.f_bavail) * Int(volume.f_bsize)
    #else
    var volume = statvfs()
    try attempt { statvfs(path.characters, &volume) }
    return Int(volume.f_bavail) * Int(volume.f_frsize)
    #endif
  }

  static let unclaimed = Service.quick { call in
    let exhausted = try call.container.exhausted(besides: call.calls.offered)
    return .array(
      exhausted.map { file in
        .object([
          "identifier": .string(file.sidecar.download.identifier),
          "size": .integer(file.bytes),
          "attempts": .integer(file.sidecar.attempt),
        ])
      })
  }
}

/// UTF-8 as it is, a byte order mark included; nil for what is none.
func strictText(_ data: Data) -> String? {
  // Foundation's own decoder drops the mark; this one repairs what is wrong, which shows.
  let text = String(decoding: data, as: UTF8.self)
  return text.utf8.elementsEqual(data) ? text : nil
}
