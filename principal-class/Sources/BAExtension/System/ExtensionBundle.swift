internal import BAMessages
internal import BAPrincipal
internal import Foundation

/// The extension's bundle, `X.appex`, where it lies in the app.
struct ExtensionBundle {
  /// iOS: `MyApp.app/Extensions/X.appex`. macOS: `MyApp.app/Contents/Extensions/X.appex`.
  let url: URL

  static var main: ExtensionBundle { ExtensionBundle(url: Bundle.main.bundleURL) }

  /// macOS has everything in a folder of its own.
  private var contents: URL? {
    let folder = url.appending(path: "Contents", directoryHint: .isDirectory)
    let list = folder.appending(path: "Info.plist").path(percentEncoded: false)
    return FileManager.default.fileExists(atPath: list) ? folder : nil
  }

  private func resource(_ name: String) -> URL {
    (contents?.appending(path: "Resources") ?? url).appending(path: name)
  }
}

// MARK: The handler

/// The handler that a bundle carries, and how it is to be run.
struct InstalledHandler: Sendable {
  /// Absolute path of the script.
  let path: String
  let configuration: ExtensionConfiguration
}

extension ExtensionBundle {
  /// Throws `BA_HANDLER_MISSING`, `BA_CONFIGURATION_MISSING` or `BA_CONFIGURATION_INVALID`.
  func installedHandler() throws(DeviceFailure) -> InstalledHandler {
    let path = resource("handler.cjs").path(percentEncoded: false)
    guard FileManager.default.isReadableFile(atPath: path) else { throw missing("HANDLER", "handler.cjs") }
    return InstalledHandler(path: path, configuration: try configuration())
  }

  private func configuration() throws(DeviceFailure) -> ExtensionConfiguration {
    let name = "ba-extension.json"
    guard let data = try? Data(contentsOf: resource(name)) else { throw missing("CONFIGURATION", name) }
    do {
      return try JSON.decode(ExtensionConfiguration.self, from: data)
    } catch {
      throw DeviceFailure(
        code: "BA_CONFIGURATION_INVALID",
        message: "\(name) of the extension's bundle cannot be read: \(reason(error)).",
        hint: "Build the handler with the version of ba-extension that the app is linked with.")
    }
  }

  private func missing(_ what: String, _ name: String) -> DeviceFailure {
    DeviceFailure(
      code: "BA_\(what)_MISSING",
      message: "The extension's bundle \(url.lastPathComponent) has no \(name) among its resources.",
      hint: """
        Add handler.cjs and ba-extension.json, which `ba-extension build` writes, to the resources of the extension's target.
        """)
  }
}

/// What does not fit, and where: Foundation's own text leaves the place out.
private func reason(_ error: any Error) -> String {
  func place(_ path: [any CodingKey], _ key: (any CodingKey)? = nil) -> String {
    (path + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
  }
  switch error {
  case DecodingError.keyNotFound(let key, let context): return "`\(place(context.codingPath, key))` is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
    DecodingError.dataCorrupted(let context):
    return context.codingPath.isEmpty ? "it is not what it should be" : "`\(place(context.codingPath))` is wrong"
  default: return "\(error)"
  }
}

// MARK: Property lists

extension ExtensionBundle {
  /// `Info.plist` of extension and app. One that cannot be read is empty, which the log tells.
  func propertyLists() -> BundleRecord {
    // The app's is two levels up on every platform: macOS has both in a folder `Contents`.
    let app = url.deletingLastPathComponent().deletingLastPathComponent()
    return BundleRecord(
      infoDictionary: propertyList(at: (contents ?? url).appending(path: "Info.plist")),
      appInfoDictionary: propertyList(at: app.appending(path: "Info.plist")))
  }

  private func propertyList(at url: URL) -> [String: JSONValue] {
    do {
      let list = try PropertyListSerialization.propertyList(from: Data(contentsOf: url), format: nil)
      guard case .dictionary(let values) = try PropertyListValue(propertyList: list) else {
        throw UnreadablePropertyList(why: "holds no dictionary")
      }
      return values.mapValues(\.shown)
    } catch {
      let why = (error as? UnreadablePropertyList)?.why ?? "cannot be read (\(error.localizedDescription))"
      let message = "\(url.path(percentEncoded: false)) \(why): the handler sees an empty dictionary."
      ExtensionLog.write(LogEntry(level: .error, message: message, source: .principal))
      return [:]
    }
  }
}

extension PropertyListValue {
  /// As `bundle()` shows it to handlers: a date is ISO 8601 text, data base64 text.
  fileprivate var shown: JSONValue {
    switch self {
    case .string(let value): .string(value)
    case .integer(let value): .integer(value)
    case .real(let value): .number(value)
    case .boolean(let value): .bool(value)
    case .date(let value): JavaScriptDate.text(value).map(JSONValue.string) ?? .null
    case .data(let value): .string(value.base64EncodedString())
    case .array(let values): .array(values.map(\.shown))
    case .dictionary(let values): .object(values.mapValues(\.shown))
    }
  }
}
