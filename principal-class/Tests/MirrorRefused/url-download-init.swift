// error: missing argument
import BackgroundAssets
import ExtensionFoundation

func make() -> BAURLDownload { BAURLDownload() }
