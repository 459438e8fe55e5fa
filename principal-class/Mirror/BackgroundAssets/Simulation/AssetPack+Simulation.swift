public import Foundation

@available(iOS 26, macOS 26, tvOS 26, visionOS 26, *)
@_spi(BASimulation)
extension AssetPack {
  /// A pack as the simulated system tells the extension of it, without what is in the manifest only.
  /// - Parameters:
  ///   - downloadSize: bytes.
  ///   - userInfo: JSON.
  public init(
    id: String, version: Int, downloadSize: Int, language: Locale.Language?, userInfo: Data?, description: String
  ) {
    self.id = id
    self.version = version
    self.downloadSize = downloadSize
    self.language = language
    self.userInfo = userInfo
    url = nil
    policy = .onDemand
    applicationGroupIdentifier = Simulation.assetPacks.applicationGroupIdentifier
    givenDescription = description
  }
}
