@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
extension AssetPack {
  /// BAAssetPackStatus.h: where a pack stands. The bits are Objective-C's; that Swift's are the same is expected, not
  /// published, so raw values are not for keeping.
  public struct Status: OptionSet, Sendable {
    /// The pack can be downloaded.
    public static let downloadAvailable = Status(rawValue: 1 << 0)
    /// A newer version can be downloaded now.
    public static let updateAvailable = Status(rawValue: 1 << 1)
    /// The downloaded version is the current one.
    public static let upToDate = Status(rawValue: 1 << 2)
    /// Another version is downloaded; whether this one can be fetched is not said.
    public static let outOfDate = Status(rawValue: 1 << 3)
    /// The server has the pack no more.
    public static let obsolete = Status(rawValue: 1 << 4)
    /// A download is in progress.
    public static let downloading = Status(rawValue: 1 << 5)
    /// The pack is on this device.
    public static let downloaded = Status(rawValue: 1 << 6)

    public let rawValue: Int

    public init(rawValue: Int) {
      self.rawValue = rawValue
    }
  }
}
