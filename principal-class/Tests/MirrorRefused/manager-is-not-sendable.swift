// error: does not conform to the 'Sendable' protocol
import BackgroundAssets
import ExtensionFoundation

let type: any Sendable.Type = BADownloadManager.self
