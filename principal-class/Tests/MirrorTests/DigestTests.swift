import CryptoKit
import Foundation
import Testing

@Suite struct DigestTests {
  // The examples of FIPS 180-4.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownDigests(text: String, digest: String) {
    #expect(hexadecimal(SHA256.hash(data: Data(text.utf8))) == digest)
  }

  @Test func inPartsAsAtOnce() {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var function = SHA256()
    for part in stride(from: 0, to: bytes.count, by: 4097) {
      bytes[part..<min(part + 4097, bytes.count)].withUnsafeBytes { function.update(bufferPointer: $0) }
    }
    function.update(bufferPointer: UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(function.finalize() == SHA256.hash(data: bytes))
  }

  @Test func copiesGoOnByThemselves() {
    var one = SHA256()
    one.update(data: Data("ab".utf8))
    let early = one.finalize()
    var other = one
    one.update(data: Data("c".utf8))
    #expect(one.finalize() == SHA256.hash(data: Data("abc".utf8)))
    #expect(other.finalize() == early)
    other.update(data: Data("d".utf8))
    #expect(other.finalize() == SHA256.hash(data: Data("abd".utf8)))
  }

  @Test func bytesOfADigest() {
    let digest = SHA256.hash(data: Data("abc".utf8))
    #expect(SHA256Digest.byteCount == 32 && Array(digest).count == 32)
    #expect(digest.withUnsafeBytes { Array($0) } == Array(digest))
    #expect(digest.description == "SHA256 digest: \(hexadecimal(digest))")
  }
}

private func hexadecimal(_ digest: SHA256.Digest) -> String {
  digest.map { String(format: "%02x", $0) }.joined()
}
