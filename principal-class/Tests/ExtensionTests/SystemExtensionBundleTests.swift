@testable import BAExtension
import BAMessages
import BAPrincipal
import Foundation
import Testing

/// Where the two platforms have things.
enum SystemBundleLayout: CaseIterable {
  case iOS
  case macOS

  var app: String { self == .iOS ? "My App.app" : "My App.app/Contents" }
  var extensionBundle: String { "\(app)/Extensions/X.appex" }
  var contents: String { self == .iOS ? extensionBundle : "\(extensionBundle)/Contents" }
  var resources: String { self == .iOS ? contents : "\(contents)/Resources" }
}

@Suite struct SystemExtensionBundleTests {
  private let folder: SystemTestFolder

  init() throws {
    folder = try SystemTestFolder()
  }

  private static let configuration = """
    {
      "mode": "managed",
      "applicationGroupIdentifier": "group.com.example",
      "deadlines": {
        "load": 1, "downloads": 2, "didReceiveChallenge": 3, "downloadFailed": 4, "downloadFinished": 5,
        "extensionWillTerminate": 6, "shouldDownload": 7
      },
      "policies": { "downloads": "keep", "didReceiveChallenge": "cancelChallenge", "shouldDownload": false },
      "limits": { "heapMegabytes": 8 },
      "later": "A newer build may say more."
    }
    """

  private func bundle(_ layout: SystemBundleLayout, configuration: String? = configuration) throws -> ExtensionBundle {
    let name = "<plist version=\"1.0\"><dict><key>CFBundleIdentifier</key><string>com.example.x</string></dict></plist>"
    try folder.write(name, to: "\(layout.contents)/Info.plist")
    try folder.write("start()", to: "\(layout.resources)/handler.cjs")
    if let configuration { try folder.write(configuration, to: "\(layout.resources)/ba-extension.json") }
    return ExtensionBundle(url: folder.url.appending(path: layout.extensionBundle, directoryHint: .isDirectory))
  }

  @Test(arguments: SystemBundleLayout.allCases) func theHandlerIsAmongTheResources(layout: SystemBundleLayout) throws {
    let handler = try bundle(layout).installedHandler()
    #expect(handler.path == "\(folder.path)/\(layout.resources)/handler.cjs")
    #expect(handler.configuration.mode == .managed)
    #expect(handler.configuration.deadlines.shouldDownload == 7)
    #expect(handler.configuration.policies.didReceiveChallenge == .cancelChallenge)
  }

  @Test(arguments: SystemBundleLayout.allCases) func whatIsMissingIsNamed(layout: SystemBundleLayout) throws {
    let whole = try bundle(layout, configuration: nil)
    var failure = #expect(throws: DeviceFailure.self) { try whole.installedHandler() }
    #expect(failure?.code == "BA_CONFIGURATION_MISSING")
    #expect(failure?.message == "The extension's bundle X.appex has no ba-extension.json among its resources.")
    try FileManager.default.removeItem(at: folder.url.appending(path: "\(layout.resources)/handler.cjs"))
    failure = #expect(throws: DeviceFailure.self) { try whole.installedHandler() }
    #expect(failure?.code == "BA_HANDLER_MISSING")
    #expect(failure?.message == "The extension's bundle X.appex has no handler.cjs among its resources.")
    #expect(failure?.hint.contains("ba-extension build") == true)
  }

  @Test(arguments: [
    ("{", "it is not what it should be"),
    ("[]", "it is not what it should be"),
    (configuration.replacing("\"mode\": \"managed\",", with: ""), "`mode` is missing"),
    (configuration.replacing("\"load\": 1,", with: ""), "`deadlines.load` is missing"),
    (configuration.replacing("\"managed\"", with: "\"both\""), "`mode` is wrong"),
    (configuration.replacing("\": 8", with: "\": \"8\""), "`limits.heapMegabytes` is wrong"),
    (configuration.replacing("\"group.com.example\"", with: "null"), "`applicationGroupIdentifier` is wrong"),
  ])
  func aConfigurationThatCannotBeRead(text: String, reason: String) throws {
    let bundle = try bundle(.iOS, configuration: text)
    let failure = #expect(throws: DeviceFailure.self) { try bundle.installedHandler() }
    #expect(failure?.code == "BA_CONFIGURATION_INVALID")
    #expect(failure?.message == "ba-extension.json of the extension's bundle cannot be read: \(reason).")
  }

  @Test(arguments: SystemBundleLayout.allCases, [PropertyListSerialization.PropertyListFormat.xml, .binary])
  func propertyLists(layout: SystemBundleLayout, format: PropertyListSerialization.PropertyListFormat) throws {
    let bundle = try bundle(layout)
    let list: [String: Any] = [
      "BAManifestURL": "https://example.com/manifest.json", "BAMaxInstallSize": 1000, "Whole": true, "Part": 0.5,
      "Built": Date(timeIntervalSince1970: 1_700_000_000.25), "Key": Data("abc".utf8),
      "$literal": ["BADownloadDomainAllowList": ["*.example.com"]],
    ]
    let data = try PropertyListSerialization.data(fromPropertyList: list, format: format, options: 0)
    try folder.write(data, to: "\(layout.app)/Info.plist")
    let lists = bundle.propertyLists()
    #expect(lists.infoDictionary == ["CFBundleIdentifier": .string("com.example.x")])
    // A text property list has no fractions of seconds.
    let built = format == .xml ? "2023-11-14T22:13:20.000Z" : "2023-11-14T22:13:20.250Z"
    #expect(
      lists.appInfoDictionary == [
        "BAManifestURL": .string("https://example.com/manifest.json"), "BAMaxInstallSize": .integer(1000),
        "Whole": .bool(true), "Part": .number(0.5), "Built": .string(built), "Key": .string("YWJj"),
        "$literal": .object(["BADownloadDomainAllowList": .array([.string("*.example.com")])]),
      ])
  }

  @Test func propertyListsThatCannotBeReadAreEmpty() throws {
    let bundle = try bundle(.iOS)
    #expect(bundle.propertyLists().appInfoDictionary == [:])
    try folder.write("no property list", to: "\(SystemBundleLayout.iOS.app)/Info.plist")
    #expect(bundle.propertyLists().appInfoDictionary == [:])
    try folder.write("<plist version=\"1.0\"><array/></plist>", to: "\(SystemBundleLayout.iOS.app)/Info.plist")
    #expect(bundle.propertyLists().appInfoDictionary == [:])
    #expect(bundle.propertyLists().infoDictionary.count == 1)
  }
}
