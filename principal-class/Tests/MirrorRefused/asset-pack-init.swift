// error: extra arguments
import BackgroundAssets
import ExtensionFoundation

func make() -> AssetPack { AssetPack(id: "a", downloadSize: 1, version: 1) }
