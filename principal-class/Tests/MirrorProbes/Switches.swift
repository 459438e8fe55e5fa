import BackgroundAssets
import System

// Each needs all cases and `@unknown default` in the Swift 6 language mode, here as on Apple platforms.

func name(_ request: BAContentRequest) -> String {
  switch request {
  case .install: "install"
  case .update: "update"
  case .periodic: "periodic"
  case .languageChange: "languageChange"
  @unknown default: "unknown"
  }
}

func name(_ state: BADownload.State) -> String {
  switch state {
  case .failed: "failed"
  case .created: "created"
  case .waiting: "waiting"
  case .downloading: "downloading"
  case .finished: "finished"
  @unknown default: "unknown"
  }
}

func name(_ update: AssetPackManager.DownloadStatusUpdate) -> String {
  switch update {
  case .began: "began"
  case .paused: "paused"
  case .downloading(_, let progress): "\(progress.fractionCompleted)"
  case .finished: "finished"
  case .failed(_, let error): "\(error)"
  @unknown default: "unknown"
  }
}

func name(_ error: ManagedBackgroundAssetsError) -> String {
  switch error {
  case .assetPackNotFound(withID: let id): id
  case .fileNotFound(at: let path): path.string
  @unknown default: "unknown"
  }
}

func isRefusal(_ code: BAErrorCode) -> Bool {
  switch code {
  case .downloadWouldExceedAllowance, .sessionDownloadDisallowedByDomain: true
  default: false
  }
}
