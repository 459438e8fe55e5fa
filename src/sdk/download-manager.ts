import { toDownload, type Download, type URLDownload } from "./download.js";
import { currentHost } from "./host.js";
import { urlDownload } from "./url-download.js";

/** Options of `downloadManager.withExclusiveControl`. */
export interface ExclusiveControlOptions {
  /** Wait no longer than until then: a date, or milliseconds since 1970. One that has passed tries once. */
  readonly before?: Date | number;
}

/** Downloads that app and extension share: `BADownloadManager`. */
export const downloadManager = {
  /**
   * Schedules a download, at a time that the system chooses: a new one, or one that has failed. An essential one takes
   * `removingEssential()` first. Not inside `downloads`, whose answer holds everything to schedule. What the system
   * refuses rejects with a `SystemRefusedError`, whose `systemError` says why, for example `downloadAlreadyScheduled`.
   */
  schedule: async (download: URLDownload | Download): Promise<Download> => {
    const { identifier, essential } = download;
    // As `downloads` does: it may be an object that `urlDownload` has not made.
    const args = "request" in download ? { download: urlDownload(download) } : { identifier, essential };
    return toDownload(await currentHost("downloadManager.schedule").call("downloadManager.schedule", args));
  },
  /** Rejects with a `SystemRefusedError` (`downloadNotScheduled`) where it is not scheduled, or complete already. */
  cancel: async ({ uniqueIdentifier }: Download): Promise<void> => {
    await currentHost("downloadManager.cancel").call("downloadManager.cancel", { uniqueIdentifier });
  },
  /** Everything that app or extension have scheduled and that has not concluded. */
  currentDownloads: async (): Promise<readonly Download[]> => {
    const host = currentHost("downloadManager.currentDownloads");
    return (await host.call("downloadManager.currentDownloads", {})).map(toDownload);
  },
  /**
   * Runs `body` while app and extension keep out of each other's way; effective only where both ask for it. Control ends
   * when the body has settled, and at the latest with the callback. Rejects with `ExclusiveControlError` where it
   * cannot be had, for one inside another too. A process that is killed meanwhile may leave control held (Apple's
   * systems; the simulated one gives it back).
   */
  withExclusiveControl: async <T>(body: () => T | Promise<T>, { before }: ExclusiveControlOptions = {}): Promise<T> => {
    const host = currentHost("downloadManager.withExclusiveControl");
    await host.call("downloadManager.acquireExclusiveControl", { before: before?.valueOf() });
    try {
      return await body();
    } finally {
      await host.call("downloadManager.releaseExclusiveControl", {});
    }
  },
};
