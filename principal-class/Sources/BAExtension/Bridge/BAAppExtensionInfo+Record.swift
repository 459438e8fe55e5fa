package import BAMessages
package import BackgroundAssets

extension ExtensionInfo {
  /// Bytes; nil stays nil, which means that nothing is restricted. An allowance that was exceeded is used up.
  package init(_ info: BAAppExtensionInfo) {
    self.init(
      restrictedDownloadSizeRemaining: info.restrictedDownloadSizeRemaining.map { max(0, $0) },
      restrictedEssentialDownloadSizeRemaining: info.restrictedEssentialDownloadSizeRemaining.map { max(0, $0) })
  }
}
