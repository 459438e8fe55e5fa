/// The tags and texts of an XML document, as far as property lists have them.
struct XMLScanner {
  typealias Unreadable = PropertyListReader.Unreadable

  enum Tag: Equatable {
    case open(String)
    case close(String)
    case empty(String)
  }

  private var rest: Substring.UnicodeScalarView

  init(_ text: String) {
    rest = Substring(text).unicodeScalars
  }

  /// Skips declarations, the document type and comments. False: this is no XML.
  mutating func skipProlog() -> Bool {
    _ = skip("\u{FEFF}")
    skipSpace()
    guard rest.first == "<" else { return false }
    repeat {
      skipSpace()
    } while skip("<?", through: "?>") || skip("<!DOCTYPE", through: ">") || skip("<!--", through: "-->")
    return true
  }

  /// The next tag; before it only space and comments may stand. Attributes are left out.
  mutating func nextTag() throws(Unreadable) -> Tag {
    skipMiscellaneous()
    guard skip("<") else { throw .malformed }
    let closes = skip("/")
    let name = String(take { $0.properties.isAlphabetic })
    guard !name.isEmpty else { throw .malformed }
    skipAttributes()
    let isEmpty = !closes && skip("/")
    guard skip(">") else { throw .malformed }
    return closes ? .close(name) : isEmpty ? .empty(name) : .open(name)
  }

  /// The text of the element that has been opened; its end is skipped, too.
  mutating func text(until name: String) throws(Unreadable) -> String {
    var text = String.UnicodeScalarView()
    while let character = rest.first {
      if skip("<!--", through: "-->") { continue }
      if skip("<![CDATA[") {
        guard let section = take(through: "]]>") else { throw .malformed }
        text.append(contentsOf: Self.withLineFeeds(section))
      } else if character == "<" {
        guard try nextTag() == .close(name) else { throw .malformed }
        return String(text)
      } else if skip("&") {
        guard let scalar = take(through: ";").flatMap(Self.scalar(ofReference:)) else { throw .malformed }
        text.append(scalar)
      } else {
        text.append(contentsOf: Self.withLineFeeds(take { $0 != "<" && $0 != "&" }))
      }
    }
    throw .malformed
  }

  /// Whether nothing but space and comments follows.
  mutating func isAtEnd() -> Bool {
    skipMiscellaneous()
    return rest.isEmpty
  }

  private mutating func skipMiscellaneous() {
    repeat { skipSpace() } while skip("<!--", through: "-->")
  }

  private mutating func skipAttributes() {
    while true {
      skipSpace()
      let name = take { $0.properties.isAlphabetic || $0 == ":" || $0 == "-" }
      guard !name.isEmpty, skip("=\"", through: "\"") || skip("='", through: "'") else { return }
    }
  }

  private mutating func skipSpace() {
    _ = take { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
  }

  private mutating func skip(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest.removeFirst(text.unicodeScalars.count)
    return true
  }

  private mutating func skip(_ start: String, through end: String) -> Bool {
    rest.starts(with: start.unicodeScalars) && skip(start) && take(through: end) != nil
  }

  private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> Substring.UnicodeScalarView {
    let part = rest.prefix(while: isPart)
    rest.removeFirst(part.count)
    return part
  }

  /// What stands before `end`, which is skipped; nil when that does not come.
  private mutating func take(through end: String) -> Substring.UnicodeScalarView? {
    var following = rest
    while !following.isEmpty {
      if following.starts(with: end.unicodeScalars) {
        defer { rest = following.dropFirst(end.unicodeScalars.count) }
        return rest[..<following.startIndex]
      }
      following.removeFirst()
    }
    return nil
  }

  /// XML ends lines with line feeds, whatever the file has.
  private static func withLineFeeds(_ text: Substring.UnicodeScalarView) -> String.UnicodeScalarView {
    var lines = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text {
      if scalar != "\n" || previous != "\r" { lines.append(scalar == "\r" ? "\n" : scalar) }
      previous = scalar
    }
    return lines
  }

  /// What `lt`, `#13` and `#xD` stand for.
  private static func scalar(ofReference reference: Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let text = String(reference)
    switch text {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard text.hasPrefix("#") else { return nil }
      let code = text.hasPrefix("#x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text.dropFirst())
      return code.flatMap(Unicode.Scalar.init)
    }
  }
}
