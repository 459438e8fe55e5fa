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
