// error: actor-isolated property
import BackgroundAssets
import ExtensionFoundation

func updates() { _ = AssetPackManager.shared.statusUpdates }
