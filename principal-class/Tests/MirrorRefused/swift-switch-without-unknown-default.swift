// error: may have additional unknown values
import BackgroundAssets
import ExtensionFoundation

func number(_ error: ManagedBackgroundAssetsError) -> Int {
  switch error {
  case .assetPackNotFound: 1
  case .fileNotFound: 2
  }
}
