// error: does not conform to 'Error'
import BackgroundAssets
import ExtensionFoundation

func fail() throws { throw BAErrorCode.downloadInvalid }
