// error: cannot find 'DownloadRecord' in scope
import BackgroundAssets
import ExtensionFoundation

func make() -> BADownload { BADownload(record: DownloadRecord(identifier: "a")) }
