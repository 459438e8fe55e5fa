public import Foundation

/// Makes a digest of any amount of data.
@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
public protocol HashFunction {
  /// The size of the function's inner state, in bytes.
  static var blockByteCount: Int { get }

  associatedtype Digest: CryptoKit.Digest

  init()

  /// Takes the next part of the data.
  mutating func update(bufferPointer: UnsafeRawBufferPointer)

  /// The digest of all data so far.
  func finalize() -> Self.Digest
}

@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
extension HashFunction {
  /// The digest of data that is there at once.
  public static func hash<D>(data: D) -> Self.Digest where D: DataProtocol {
    var function = Self()
    function.update(data: data)
    return function.finalize()
  }

  /// Takes the next part of the data.
  public mutating func update<D>(data: D) where D: DataProtocol {
    for region in data.regions {
      region.withUnsafeBytes { update(bufferPointer: $0) }
    }
  }
}

/// What a hash function makes.
@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
@preconcurrency
public protocol Digest: ContiguousBytes, CustomStringConvertible, Hashable, Sendable, Sequence
where Self.Element == UInt8 {
  static var byteCount: Int { get }
}

@available(macOS 10.15, iOS 13.0, watchOS 6.0, tvOS 13.0, visionOS 1.0, *)
extension Digest {
  public func makeIterator() -> Array<UInt8>.Iterator {
    withUnsafeBytes { Array($0) }.makeIterator()
  }
}
