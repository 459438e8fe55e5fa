import BAMessages
import BAPrincipal
@testable import BASimulatedSystem
import Foundation
import Testing

@Suite struct FileSettingsTests {
  let folder: TemporaryFolder
  let settings: FileSettings
  var file: String { "\(folder.path)/Library/Preferences/group.example.plist" }

  init() throws {
    folder = try TemporaryFolder()
    settings = FileSettings(container: folder.path, applicationGroupIdentifier: "group.example")
  }

  private func put(_ text: Data) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/Library/Preferences", withIntermediateDirectories: true)
    try text.write(to: URL(filePath: file))
  }

  @Test func nothingThereHasNoValue() throws {
    #expect(try settings.value(forKey: "a") == nil)
    try settings.setValue(nil, forKey: "a")
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  static let values: [PropertyListValue] = [
    .string(""), .string("a<&>\"' \t\r\n\r\u{85}\u{2028}\u{2029}é😀 "), .boolean(true), .boolean(false),
    .integer(0), .integer(1), .integer(-9_007_199_254_740_991), .real(0.25), .real(1), .real(-0.1),
    .real(.leastNonzeroMagnitude),
    .data(Data()), .data(Data([0, 1, 255])), .date(Date(timeIntervalSince1970: 1_763_726_400)),
    .date(Date(timeIntervalSince1970: -1)), .array([]), .dictionary([:]),
    .array([.integer(1), .array([.string("x"), .data(Data())])]),
    .dictionary(["": .dictionary(["a&b": .array([.boolean(true)])])]),
  ]

  @Test(arguments: values)
  func everyTypeComesBack(value: PropertyListValue) throws {
    try settings.setValue(value, forKey: "key & more")
    #expect(try settings.value(forKey: "key & more") == value)
    let other = FileSettings(container: folder.path, applicationGroupIdentifier: "group.example")
    #expect(try other.value(forKey: "key & more") == value)
  }

  @Test func datesAreKeptToTheSecond() throws {
    try settings.setValue(.date(Date(timeIntervalSince1970: -0.5)), forKey: "a")
    #expect(try settings.value(forKey: "a") == .date(Date(timeIntervalSince1970: -1)))
    let none = Date(timeIntervalSince1970: .infinity)
    let error = #expect(throws: GuestError.self) { try settings.setValue(.date(none), forKey: "a") }
    #expect(error?.code == "BA_SETTING_INVALID")
  }

  @Test func otherKeysStay() throws {
    try settings.setValue(.integer(1), forKey: "a")
    try settings.setValue(.integer(2), forKey: "b")
    try settings.setValue(nil, forKey: "a")
    #expect(try settings.value(forKey: "a") == nil)
    #expect(try settings.value(forKey: "b") == .integer(2))
  }

  @Test func onlyTheUserMayRead() throws {
    try settings.setValue(.integer(1), forKey: "a")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func writesOfSeveralThreadsComeOneAfterAnother() async throws {
    let settings = settings
    try await withThrowingTaskGroup { group in
      for number in 0..<20 {
        group.addTask { try settings.setValue(.integer(number), forKey: "\(number)") }
      }
      try await group.waitForAll()
    }
    for number in 0..<20 { #expect(try settings.value(forKey: "\(number)") == .integer(number)) }
  }

  static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <plist version="1.0">
    """

  static func file(_ value: String) -> String {
    "\(head)<dict><key>k</key>\(value)</dict></plist>\n"
  }

  @Test(arguments: [
    ("<integer> 42\n</integer>", .integer(42)), ("<real>5</real>", .real(5)), ("<true></true>", .boolean(true)),
    ("<data/>", .data(Data())), ("<data>\n\tAAEC\n\tAw==\n\t</data>", .data(Data([0, 1, 2, 3]))),
    ("<string/>", .string("")), ("<string>a\r\nb\rc&#13;&#xD;</string>", .string("a\nb\nc\r\r")),
    ("<string>a<![CDATA[<&]]>b<!-- c -->&apos;</string>", .string("a<&b'")),
    ("<!-- c --><array><true/></array>", .array([.boolean(true)])), ("<string a='b>'>c</string>", .string("c")),
  ] as [(String, PropertyListValue)])
  func readsWhatOthersWrite(xml: String, value: PropertyListValue) throws {
    try put(Data(Self.file(xml).utf8))
    #expect(try settings.value(forKey: "k") == value)
  }

  static let unreadable: [(String, String)] = [
    ("", "is no XML"), ("hello", "is no XML"), ("{ a = b; }", "is no XML"), ("bplist00", "is a binary property list"),
    ("<dict/>", "is no XML property list"), ("\(head)<dict/>", "is no XML property list"),
    ("\(head)<dict/></plist>junk", "is no XML property list"),
    ("\(head)<dict/><dict/></plist>", "is no XML property list"),
    ("\(head)</plist>", "is no XML property list"), ("\(head)<array/></plist>", "holds no dictionary"),
    ("\(head)<dict><key>a</key></dict></plist>", "is no XML property list"),
    ("\(head)<dict><string>a</string><true/></dict></plist>", "is no XML property list"),
    ("\(head)<dict><key>a</key><true/>text</dict></plist>", "is no XML property list"),
    ("\(head)<dict><key>é</key><true/><key>e\u{301}</key><true/></dict></plist>", "holds a key twice"),
    (file("<integer>9007199254740992</integer>"), "holds a number that JavaScript cannot hold exactly"),
    (file("<integer>99999999999999999999</integer>"), "holds a number that JavaScript cannot hold exactly"),
    (file("<integer>12a</integer>"), "is no XML property list"), (file("<integer/>"), "is no XML property list"),
    (file("<real>1e300</real>"), "holds a number that JavaScript cannot hold exactly"),
    (file("<real>nan</real>"), "holds a number that JavaScript cannot hold exactly"),
    (file("<real></real>"), "is no XML property list"),
    (file("<date>yesterday</date>"), "holds a date that is none"),
    (file("<date>2026-02-30T12:00:00Z</date>"), "holds a date that is none"),
    (file("<data>A*B</data>"), "is no XML property list"), (file("<null/>"), "is no XML property list"),
    (file("<true>x</true>"), "is no XML property list"), (file("<string>&bogus;</string>"), "is no XML property list"),
    (file("<string>a & b</string>"), "is no XML property list"), (file("<string>a"), "is no XML property list"),
  ]

  @Test(arguments: unreadable)
  func whatCannotBeReadIsNotOverwritten(text: String, why: String) throws {
    try put(Data(text.utf8))
    let error = #expect(throws: GuestError.self) { try settings.value(forKey: "a") }
    #expect(error?.code == "BA_SETTINGS_UNREADABLE")
    #expect(error?.message == "The shared defaults cannot be read: Library/Preferences/group.example.plist \(why).")
    #expect(throws: GuestError.self) { try settings.setValue(.integer(1), forKey: "a") }
    #expect(throws: GuestError.self) { try settings.setValue(nil, forKey: "a") }
    #expect(try Data(contentsOf: URL(filePath: file)) == Data(text.utf8))
  }

  @Test func whatIsNoTextIsNotRead() throws {
    try put(Data([0x3c, 0xff]))
    let error = #expect(throws: GuestError.self) { try settings.value(forKey: "a") }
    #expect(error?.message.hasSuffix("is no UTF-8 text.") == true)
  }

  @Test func aFolderInItsPlaceIsAnError() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
    let error = #expect(throws: GuestError.self) { try settings.value(forKey: "a") }
    #expect(error?.code == "BA_STORAGE_FAILED")
  }
}
