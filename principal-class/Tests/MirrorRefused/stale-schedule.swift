// error: has no member 'schedule'
import BackgroundAssets
import ExtensionFoundation

func schedule(_ download: BADownload) throws { try BADownloadManager.shared.schedule(download) }
