import BAPrincipal
import Foundation

/// Reads XML property lists, and nothing that is not one: what cannot be read must not be overwritten.
///
/// On Linux, `PropertyListSerialization` goes on where it should stop: it leaves out what follows the end, takes
/// impossible dates for others and what is no Base64 for nothing; and it refuses an empty `<data/>`.
struct PropertyListReader {
  /// Finishes the sentence "the file …".
  struct Unreadable: Error, Equatable {
    let why: String

    static let malformed = Unreadable(why: "is no XML property list")
  }

  private var xml: XMLScanner

  /// The dictionary that a text holds.
  static func read(_ text: Data) throws(Unreadable) -> [String: PropertyListValue] {
    guard let text = String(data: text, encoding: .utf8) else { throw Unreadable(why: "is no UTF-8 text") }
    if text.hasPrefix("bplist") { throw Unreadable(why: "is a binary property list") }
    var reader = PropertyListReader(xml: XMLScanner(text))
    guard reader.xml.skipProlog() else { throw Unreadable(why: "is no XML") }
    guard try reader.xml.nextTag() == .open("plist") else { throw .malformed }
    let value = try reader.value(in: reader.xml.nextTag())
    guard try reader.xml.nextTag() == .close("plist"), reader.xml.isAtEnd() else { throw .malformed }
    guard case .dictionary(let dictionary) = value else { throw Unreadable(why: "holds no dictionary") }
    return dictionary
  }

  private mutating func value(in tag: XMLScanner.Tag) throws(Unreadable) -> PropertyListValue {
    switch tag {
    case .empty("dict"): return .dictionary([:])
    case .open("dict"): return .dictionary(try dictionary())
    case .empty("array"): return .array([])
    case .open("array"): return .array(try array())
    case .empty("string"): return .string("")
    case .open("string"): return .string(try xml.text(until: "string"))
    case .empty("data"): return .data(Data())
    case .open("data"): return .data(try data(xml.text(until: "data")))
    case .open("integer"): return .integer(try integer(xml.text(until: "integer")))
    case .open("real"): return .real(try real(xml.text(until: "real")))
    case .open("date"): return .date(try date(xml.text(until: "date")))
    case .empty("true"): return .boolean(true)
    case .empty("false"): return .boolean(false)
    case .open(let name) where name == "true" || name == "false":
      guard try xml.nextTag() == .close(name) else { throw .malformed }
      return .boolean(name == "true")
    default: throw .malformed
    }
  }

  private mutating func dictionary() throws(Unreadable) -> [String: PropertyListValue] {
    var dictionary: [String: PropertyListValue] = [:]
    while true {
      let key: String
      switch try xml.nextTag() {
      case .close("dict"): return dictionary
      case .open("key"): key = try xml.text(until: "key")
      case .empty("key"): key = ""
      default: throw .malformed
      }
      // Also two that differ in their code points only, which Swift takes for one: one of them would be lost.
      guard dictionary.updateValue(try value(in: xml.nextTag()), forKey: key) == nil else {
        throw Unreadable(why: "holds a key twice")
      }
    }
  }

  private mutating func array() throws(Unreadable) -> [PropertyListValue] {
    var array: [PropertyListValue] = []
    while true {
      let tag = try xml.nextTag()
      if tag == .close("array") { return array }
      array.append(try value(in: tag))
    }
  }

  private func integer(_ text: String) throws(Unreadable) -> Int {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let integer = Int(text) else { throw text.allSatisfy(\.isNumber) ? Self.inexact : .malformed }
    guard integer.magnitude <= Self.largestExact else { throw Self.inexact }
    return integer
  }

  private func real(_ text: String) throws(Unreadable) -> Double {
    guard let real = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw .malformed }
    let isWhole = real.rounded() == real
    guard real.isFinite, !isWhole || real.magnitude <= Double(Self.largestExact) else { throw Self.inexact }
    return real
  }

  private func date(_ text: String) throws(Unreadable) -> Date {
    guard let date = JavaScriptDate.date(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Unreadable(why: "holds a date that is none")
    }
    return date
  }

  private func data(_ text: String) throws(Unreadable) -> Data {
    guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }) else { throw .malformed }
    return data
  }

  /// 2^53 − 1: the handler's numbers are JavaScript's.
  private static let largestExact: UInt = 1 << 53 - 1
  private static let inexact = Unreadable(why: "holds a number that JavaScript cannot hold exactly")
}
