package import Foundation

/// URLs of requests, as every version of Foundation takes them.
package enum RequestURL {
  /// The URL that a text means. Before iOS 17 and macOS 14 Foundation refuses what RFC 3986 does not allow, which
  /// JavaScript's parser encodes; so it is encoded here. Nil for what is no absolute URL.
  package static func parse(_ text: String) -> URL? {
    guard let scheme = text.range(of: "://") else { return nil }
    let afterScheme = text[scheme.upperBound...]
    let authority = afterScheme.prefix { !"/?#".contains($0) }
    let encoded = encode(afterScheme[authority.endIndex...])
    guard
      let components = URLComponents(string: "\(text[..<scheme.upperBound])\(authority)\(encoded)"),
      (components.port ?? 0) <= 65535
    else { return nil }
    return components.url
  }

  private static func encode(_ rest: Substring) -> String {
    let bytes = Array(rest.utf8)
    var encoded: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let isEscape = byte == percent && bytes.dropFirst(index + 1).prefix(2).count(where: isHexadecimal) == 2
      if isEscape || allowed.contains(byte) {
        encoded.append(byte)
      } else {
        encoded += [percent, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static let percent = UInt8(ascii: "%")
  private static let hexadecimal = Array("0123456789ABCDEF".utf8)
  /// RFC 3986: unreserved, and the delimiters of path, query and fragment.
  private static let allowed = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=".utf8)

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
