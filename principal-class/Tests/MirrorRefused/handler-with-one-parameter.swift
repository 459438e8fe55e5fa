// error: contextual closure type
import BackgroundAssets
import ExtensionFoundation

func take() { BADownloadManager.shared.withExclusiveControl(beforeDate: Date()) { (acquired: Bool) in _ = acquired } }
