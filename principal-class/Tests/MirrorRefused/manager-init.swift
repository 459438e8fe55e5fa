// error: inaccessible due to 'private' protection level
import BackgroundAssets
import ExtensionFoundation

func make() -> BADownloadManager { BADownloadManager() }
