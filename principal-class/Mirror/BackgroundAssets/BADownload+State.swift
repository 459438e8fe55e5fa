public import CBackgroundAssets

@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
extension BADownload {
  /// Where a download stands.
  public typealias State = __BADownloadState

  /// Orders the downloads of one app. The numbers are published nowhere: only their order means something.
  public struct Priority: Hashable, Equatable, RawRepresentable, Sendable, BitwiseCopyable {
    public var rawValue: Int

    public init(_ rawValue: Int) {
      self.rawValue = rawValue
    }

    public init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// After everything else.
    public static let min = Priority(-1)

    public static let `default` = Priority(0)

    /// Before everything else.
    public static let max = Priority(1)
  }
}
