// A target whose default isolation is the main actor: an extension needs no `nonisolated`, nor do its functions.
import BAExtension
import BAExtensionStore
import BackgroundAssets
import ExtensionFoundation
import StoreKit

struct Downloader: JSDownloaderExtension {
  static var nativeFunctions: NativeFunctions {
    NativeFunctions()
      .adding("freeSlots") { 3 }
      .adding("title") { (level: Int) in await Titles.shared.title(of: level) }
  }
}

/// What else is in such a target belongs to the main actor.
final class Titles {
  static let shared = Titles()
  private var titles = ["one", "two"]

  func title(of level: Int) -> String? {
    titles.indices.contains(level) ? titles[level] : nil
  }
}

final class Managed: JSManagedDownloaderExtension {
  init() {}
}

struct Store: JSStoreDownloaderExtension {}

/// As the system does.
nonisolated func call<E: BADownloaderExtension>(_ principal: E) {
  principal.extensionWillTerminate()
}

func callThem() {
  call(Downloader())
  call(Managed())
  call(Store())
}
