import {
  bundle,
  defineDownloaderExtension,
  log,
  performDefaultHandling,
  urlDownload,
  useCredential,
} from "ba-extension";
import { assetsOf, findAsset, isInstalled, placeOf, saveManifest, saveReceipt } from "./manifest.js";

export default defineDownloaderExtension({
  /** The system asks what to download: everything in the manifest that is not there yet. */
  async *downloads({ manifest, essentialAllowed }) {
    // Throws where the manifest is broken, before it takes the place of the saved one.
    const assets = assetsOf(manifest);
    await saveManifest(manifest);
    for (const asset of assets) {
      if (await isInstalled(asset)) continue;
      yield urlDownload({
        identifier: asset.path,
        request: asset.url,
        fileSize: asset.size,
        // The system loads essential files first and holds back the app's launch for them, on install and update only.
        essential: essentialAllowed && asset.path.startsWith("essential/"),
      });
    }
  },

  /** A file has come. What is not moved before this returns is deleted. */
  async downloadFinished(download, file) {
    const asset = await findAsset(download.identifier);
    if (!asset) return log.notice(`${download.identifier} is not in the manifest any more; its file is dropped.`);
    if ((await file.sha256()) !== asset.sha256) {
      return log.error(`${download.identifier} does not have the content that the manifest promises; it is dropped.`);
    }
    await file.moveTo(placeOf(asset));
    await saveReceipt(asset);
  },

  /** The next periodic check asks for it again, because it is not installed. */
  downloadFailed(download, error) {
    log.error(`${download.identifier} failed: ${error.message} (${error.domain} ${error.code})`);
  },

  /** A server asks for a password: that of the extension's Info.plist, once. */
  didReceiveChallenge({ protectionSpace, previousFailureCount }) {
    const { AssetsUser: user, AssetsPassword: password } = bundle().infoDictionary;
    const isOurs = protectionSpace.method === "httpBasic" && previousFailureCount === 0;
    if (!isOurs || typeof user !== "string" || typeof password !== "string") return performDefaultHandling();
    return useCredential({ user, password });
  },
});
