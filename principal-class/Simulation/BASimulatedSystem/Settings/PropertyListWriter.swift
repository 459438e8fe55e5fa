import BAMessages
import BAPrincipal
import Foundation

/// Writes XML property lists, laid out as Apple's tools do.
struct PropertyListWriter {
  private var lines = [
    #"<?xml version="1.0" encoding="UTF-8"?>"#,
    #"<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">"#,
    #"<plist version="1.0">"#,
  ]

  static func text(of dictionary: [String: PropertyListValue]) throws(GuestError) -> Data {
    var writer = PropertyListWriter()
    try writer.write(.dictionary(dictionary), depth: 0)
    writer.lines += ["</plist>", ""]
    return Data(writer.lines.joined(separator: "\n").utf8)
  }

  private mutating func write(_ value: PropertyListValue, depth: Int) throws(GuestError) {
    switch value {
    case .string(let text): line("<string>\(escaped(text))</string>", depth)
    case .integer(let integer): line("<integer>\(integer)</integer>", depth)
    case .real(let real): line("<real>\(real)</real>", depth)
    case .boolean(let boolean): line(boolean ? "<true/>" : "<false/>", depth)
    case .date(let date): line("<date>\(try text(of: date))</date>", depth)
    case .data(let data): line("<data>\(data.base64EncodedString())</data>", depth)
    case .array(let items):
      line("<array>", depth)
      for item in items { try write(item, depth: depth + 1) }
      line("</array>", depth)
    case .dictionary(let items):
      line("<dict>", depth)
      for (key, item) in items.sorted(by: { $0.key < $1.key }) {
        line("<key>\(escaped(key))</key>", depth + 1)
        try write(item, depth: depth + 1)
      }
      line("</dict>", depth)
    }
  }

  private mutating func line(_ text: String, _ depth: Int) {
    lines.append(String(repeating: "\t", count: depth) + text)
  }

  /// To the second, as XML property lists have dates.
  private func text(of date: Date) throws(GuestError) -> String {
    let second = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    guard let text = JavaScriptDate.text(second) else {
      throw GuestError(code: "BA_SETTING_INVALID", message: "A date in a setting must be one.")
    }
    return text.replacing(".000Z", with: "Z")
  }

  /// The last four are line ends to one parser or another; as references they stay what they are.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\r", "\u{85}", "\u{2028}", "\u{2029}": escaped += "&#\(scalar.value);"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
