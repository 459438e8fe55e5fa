// What `import BackgroundAssets` brings on Apple platforms besides its own names: its headers import Foundation,
// which has the URL loading system there.
@_exported public import CBackgroundAssets
@_exported public import Foundation
#if canImport(FoundationNetworking)
@_exported public import FoundationNetworking
#endif
