// error: can only be satisfied by a 'required' initializer
import BackgroundAssets
import ExtensionFoundation

class Downloader: BADownloaderExtension { init() {} }
