public import Foundation

/// BAAppExtensionInfo.h: what the system tells about the app with a content request.
@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
open class BAAppExtensionInfo: NSObject, NSSecureCoding, @unchecked Sendable {
  private let remaining: Int?
  private let essentialRemaining: Int?

  /// Bytes that may still be scheduled; nil once the app has been launched.
  @_spi(BASimulation)
  public init(restrictedDownloadSizeRemaining: Int?, restrictedEssentialDownloadSizeRemaining: Int?) {
    remaining = restrictedDownloadSizeRemaining
    essentialRemaining = restrictedEssentialDownloadSizeRemaining
    super.init()
  }

  open class var supportsSecureCoding: Bool { true }

  public required init?(coder: NSCoder) {
    remaining = coder.decodeObject(of: NSNumber.self, forKey: "restrictedDownloadSizeRemaining")?.intValue
    essentialRemaining =
      coder.decodeObject(of: NSNumber.self, forKey: "restrictedEssentialDownloadSizeRemaining")?.intValue
    super.init()
  }

  open func encode(with coder: NSCoder) {
    coder.encode(remaining.map(NSNumber.init(value:)), forKey: "restrictedDownloadSizeRemaining")
    coder.encode(essentialRemaining.map(NSNumber.init(value:)), forKey: "restrictedEssentialDownloadSizeRemaining")
  }
}

@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
extension BAAppExtensionInfo {
  /// Bytes of essential downloads that may still be scheduled before the first launch; nil: not restricted.
  @available(iOS 16.4, macOS 13.3, visionOS 2.4, tvOS 18.4, *)
  public var restrictedEssentialDownloadSizeRemaining: Int? { essentialRemaining }

  /// Bytes of other downloads that may still be scheduled before the first launch; nil: not restricted.
  public var restrictedDownloadSizeRemaining: Int? { remaining }
}
