/// The text as `encodeURIComponent` of JavaScript gives it.
func encodeURIComponent(_ text: String) -> String {
  var encoded = ""
  for byte in text.utf8 {
    if unreserved.contains(byte) {
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
  }
  return encoded
}

private let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8)
