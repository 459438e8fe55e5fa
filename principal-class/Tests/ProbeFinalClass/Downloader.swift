import BackgroundAssets
import ExtensionFoundation

@main
final class Downloader: BADownloaderExtension {
  init() {}

  func downloads(
    for request: BAContentRequest, manifestURL: URL, extensionInfo: BAAppExtensionInfo
  ) -> Set<BADownload> {
    guard let url = URL(string: "https://example.com/level.bin") else { return [] }
    return [
      BAURLDownload(
        identifier: "level",
        request: URLRequest(url: url),
        essential: request == .install,
        fileSize: 1024,
        applicationGroupIdentifier: "group.com.example",
        priority: .default)
    ]
  }
}
