package import BAMessages
package import Foundation

/// Puts the files of a vector below the root.
package func placeFiles(_ files: [String: JSONValue], below root: String) throws {
  for (name, content) in files {
    let path = root + "/" + name
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let target = content["symlink"]?.string {
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    } else {
      let data = try content.string.map { Data($0.utf8) } ?? JSON.encode(content["json"])
      try data.write(to: URL(fileURLWithPath: path))
    }
  }
}

/// A file or link below a folder.
package enum FoundFile: Equatable {
  case file(Data)
  case link(String)
}

/// Every file and link below a folder; folders count only by what is in them.
package func filesBelow(_ root: String) throws -> [String: FoundFile] {
  var found: [String: FoundFile] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
    let path = root + "/" + name
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    switch attributes[.type] as? FileAttributeType {
    case .typeSymbolicLink?: found[name] = .link(try FileManager.default.destinationOfSymbolicLink(atPath: path))
    case .typeRegular?: found[name] = .file(try Data(contentsOf: URL(fileURLWithPath: path)))
    default: break
    }
  }
  return found
}
