// error: missing argument
import BackgroundAssets
import ExtensionFoundation

func make() -> BADownload { BADownload() }
