// error: cannot convert value of type 'Int64'
import BackgroundAssets
import ExtensionFoundation

func make(_ request: URLRequest, _ size: Int64) -> BAURLDownload {
  BAURLDownload(identifier: "a", request: request, fileSize: size, applicationGroupIdentifier: "group.a")
}
