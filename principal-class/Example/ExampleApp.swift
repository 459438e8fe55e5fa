import SwiftUI

/// The app around the example extension. It shows what the extension has put into the app group's container.
@main
struct ExampleApp: App {
  var body: some Scene {
    WindowGroup {
      List(assets, id: \.self) { Text($0) }
    }
  }

  private var assets: [String] {
    let group = "group.com.example.conference"
    let container = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: group)
    let folder = container?.appending(path: "Library/Caches").path(percentEncoded: false) ?? ""
    return (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  }
}
