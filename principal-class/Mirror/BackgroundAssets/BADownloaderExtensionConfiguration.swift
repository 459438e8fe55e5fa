public import ExtensionFoundation

/// How a downloader extension is connected to the system. Nobody but the framework conforms to it.
@available(iOS 16.1, macOS 13.0, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
@MainActor @preconcurrency public protocol BADownloaderExtensionConfiguration: AppExtensionConfiguration {
}

@available(iOS 16.1, macOS 13.0, visionOS 2.4, tvOS 18.4, *)
extension BADownloaderExtension {
  public var configuration: some BADownloaderExtensionConfiguration {
    UnmanagedConfiguration()
  }
}

/// The simulated system comes through the runner of `main()`, never through a connection.
struct UnmanagedConfiguration: BADownloaderExtensionConfiguration {
  nonisolated init() {}

  nonisolated func accept(connection: NSXPCConnection) -> Bool {
    false
  }
}
