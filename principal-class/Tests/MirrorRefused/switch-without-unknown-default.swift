// error: may have additional unknown values
import BackgroundAssets
import ExtensionFoundation

func number(_ request: BAContentRequest) -> Int {
  switch request {
  case .install: 1
  case .update: 2
  case .periodic: 3
  case .languageChange: 4
  }
}
