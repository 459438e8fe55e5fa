// As an app's developer writes them; that this compiles is the test.
import BAExtension
import BAExtensionStore
import BackgroundAssets
import ExtensionFoundation
import StoreKit

struct Nothing: JSDownloaderExtension {}

struct NothingManaged: JSManagedDownloaderExtension {}

struct NothingStore: JSStoreDownloaderExtension {}

final class WithInit: JSDownloaderExtension {
  init() {}
}

class OpenToSubclasses: JSManagedDownloaderExtension {
  required init() {}
}

struct Receipt: Codable {
  let product: String
  let bought: Date?
}

enum StoreFront {
  static func receipt(of product: String) async throws -> Receipt? {
    Receipt(product: product, bought: nil)
  }
}

struct WithFunctions: JSDownloaderExtension {
  static var nativeFunctions: NativeFunctions {
    NativeFunctions()
      .adding("receipt") { (product: String) in try await StoreFront.receipt(of: product) }
      .adding("isSubscriber") { (receipt: Receipt) async -> Bool in receipt.bought != nil }
      .adding("freeSlots") { 3 }
      .adding("levels") { ["one", "two"] }
      .adding("forget") { (receipt: Receipt) in _ = receipt.product }
      .adding("refresh") {}
      .adding("reset") { () async throws in _ = try await StoreFront.receipt(of: "") }
      .adding("total") { (prices: [Int]) in
        let sum = prices.reduce(0, +)
        return ["total": sum]
      }
      .adding("upload", StoreFront.receipt)
  }
}

struct WithStoredFunctions: JSStoreDownloaderExtension {
  static let nativeFunctions = NativeFunctions().adding("count") { (text: String) in text.count }
}

/// An app may answer a call itself: then the handler does not hear of it.
struct WithItsOwnChallenge: JSDownloaderExtension {
  func backgroundDownload(
    _ download: BADownload, didReceive challenge: URLAuthenticationChallenge
  ) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
    (.performDefaultHandling, nil)
  }
}

@MainActor
func configurations() {
  let _: any BADownloaderExtensionConfiguration = Nothing().configuration
  let _: any ManagedDownloaderExtensionConfiguration = NothingManaged().configuration
  let _: any ManagedDownloaderExtensionConfiguration = NothingStore().configuration
}
