import {
  bundle,
  defineDownloaderExtension,
  log,
  performDefaultHandling,
  urlDownload,
  useCredential,
} from "ba-extension";
import { findAsset, isInstalled, placeOf, saveManifest, saveReceipt, type Asset, type Manifest } from "./manifest.js";

const isEssential = (asset: Asset): boolean => asset.path.startsWith("essential/");

export default defineDownloaderExtension({
  /** The system asks what to download: everything in the manifest that is not there yet, essential files first. */
  async *downloads({ manifest, essentialAllowed }) {
    const content = manifest.json<Manifest>();
    await saveManifest(content);
    const assets = [...content.assets].sort((a, b) => Number(isEssential(b)) - Number(isEssential(a)));
    for (const asset of assets) {
      if (await isInstalled(asset)) continue;
      yield urlDownload({
        identifier: asset.path,
        request: asset.url,
        fileSize: asset.size,
        // Essential downloads hold back the app's launch; the system permits them on install and update only.
        essential: essentialAllowed && isEssential(asset),
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
