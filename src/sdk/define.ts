import type { AssetPack } from "./asset-pack.js";
import type { DidReceiveChallenge } from "./challenge.js";
import type { Downloads, DownloadsContext } from "./context.js";
import type { Download } from "./download.js";
import type { DownloadError, FinishedFile } from "./file.js";

/** The callbacks of an unmanaged downloader extension (`BADownloaderExtension`). All are optional. */
export interface DownloaderExtension {
  /** What to download, for a content request of the system. Everything to schedule must be in the answer. */
  downloads?(context: DownloadsContext): Downloads;
  /** A server asks for authentication; may come before any content request, for the manifest. */
  didReceiveChallenge?: DidReceiveChallenge;
  /** A download failed, the manifest's included (`download.kind === "manifest"`). */
  downloadFailed?(download: Download, error: DownloadError): void | Promise<void>;
  /** A download finished. Move the file before the callback returns, or it is deleted. */
  downloadFinished?(download: Download, file: FinishedFile): void | Promise<void>;
  /** Advisory; the system may end the process without it. */
  extensionWillTerminate?(): void | Promise<void>;
  /**
   * Callbacks of one process run one after another, challenges excepted, so that reading, changing and writing state in
   * one of them is safe. `true` lets them overlap. Defaults to `false`.
   */
  readonly concurrent?: boolean;
}

/**
 * Declares an unmanaged downloader extension. Returns its argument; nothing happens on import.
 *
 * @example
 * export default defineDownloaderExtension({
 *   async *downloads({ manifest }) {
 *     for (const asset of manifest.json<Asset[]>()) {
 *       yield urlDownload({ identifier: asset.id, request: asset.url, fileSize: asset.size });
 *     }
 *   },
 *   downloadFinished: async (download, file) => {
 *     await file.moveTo(`assets/${download.identifier}`);
 *   },
 * });
 */
export function defineDownloaderExtension(extension: DownloaderExtension): DownloaderExtension {
  return extension;
}

/** The callbacks of an extension for asset packs that the system manages and you host (`ManagedDownloaderExtension`). */
export interface ManagedDownloaderExtension extends StoreDownloaderExtension {
  /** Your server asks for authentication. */
  didReceiveChallenge?: DidReceiveChallenge;
}

/** The callbacks of an extension for asset packs that Apple hosts (`StoreDownloaderExtension`). */
export interface StoreDownloaderExtension {
  /** Whether to download a new pack, now that its policy (`essential`, `prefetch`) says so. Without it every one is. */
  shouldDownload?(assetPack: AssetPack): boolean | Promise<boolean>;
  /** As in {@link DownloaderExtension}. */
  readonly concurrent?: boolean;
}

/**
 * Declares an extension for asset packs that the system manages and you host. Returns its argument; nothing happens on
 * import.
 *
 * @example
 * interface Level {
 *   readonly tier: "low" | "high";
 * }
 * export default defineManagedDownloaderExtension({
 *   shouldDownload: ({ userInfo }) => environment().platform === "macOS" || userInfo<Level>()?.tier !== "high",
 *   didReceiveChallenge: () => useCredential({ user: "app", password: "secret" }),
 * });
 */
export function defineManagedDownloaderExtension(extension: ManagedDownloaderExtension): ManagedDownloaderExtension {
  return extension;
}

/**
 * Declares an extension for asset packs that Apple hosts. Returns its argument; nothing happens on import.
 *
 * @example
 * export default defineStoreDownloaderExtension({
 *   async shouldDownload({ downloadSize }) {
 *     return downloadSize < (await storage.available()) / 2;
 *   },
 * });
 */
export function defineStoreDownloaderExtension(extension: StoreDownloaderExtension): StoreDownloaderExtension {
  return extension;
}
