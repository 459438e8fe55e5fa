internal import CLibcrypto
internal import Foundation

/// SHA-2 with 256 bits. libcrypto does the work.
@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
public struct SHA256: HashFunction, Sendable {
  public typealias Digest = SHA256Digest

  @available(macOS 10.15, iOS 13.2, watchOS 6.1, tvOS 13.2, visionOS 1.0, *)
  public static let blockByteCount: Int = 64
  public static let byteCount: Int = 32

  private var state = State()

  public init() {}

  public mutating func update(bufferPointer: UnsafeRawBufferPointer) {
    // A copy of this value goes on by itself.
    if !isKnownUniquelyReferenced(&state) { state = State(of: state) }
    check(EVP_DigestUpdate(state.context, bufferPointer.baseAddress, bufferPointer.count))
  }

  public func finalize() -> SHA256.Digest {
    let end = State(of: state)
    var bytes = [UInt8](repeating: 0, count: SHA256.byteCount)
    check(EVP_DigestFinal_ex(end.context, &bytes, nil))
    return SHA256Digest(bytes: bytes)
  }
}

/// Unchecked: changed only where one value refers to it.
private final class State: @unchecked Sendable {
  let context: OpaquePointer

  init() {
    context = State.newContext()
    check(EVP_DigestInit_ex(context, EVP_sha256(), nil))
  }

  init(of other: State) {
    context = State.newContext()
    check(EVP_MD_CTX_copy_ex(context, other.context))
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  private static func newContext() -> OpaquePointer {
    guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto: no memory") }
    return context
  }
}

/// These calls fail only without memory or without the algorithm; CryptoKit has no error for that.
private func check(_ result: CInt) {
  guard result == 1 else { fatalError("libcrypto: SHA-256 failed") }
}

/// The digest of `SHA256`.
@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
public struct SHA256Digest: Digest {
  let bytes: [UInt8]

  public static var byteCount: Int { SHA256.byteCount }

  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes(body)
  }

  public var description: String {
    "SHA256 digest: " + bytes.map { String(format: "%02x", $0) }.joined()
  }
}
