/** The part of the system that answers `BADownloadManager`, for app and extension alike. */
import type { URLDownloadMessage } from "../protocol/values.js";
import type { SystemServices } from "../principal/index.js";
import type { DownloadError, DownloadRecord } from "../sdk/index.js";
import { admitOne } from "./admission.js";
import { baError } from "./errors.js";
import { enqueue, findScheduled, recordOf, removeFromQueue } from "./queue.js";
import type { QueuedDownload } from "./state-schema.js";
import type { Device } from "./stage.js";

/** Schedules a download, or says why not. Rules `schedule-refusals`, `restriction-codes`. */
export async function schedule(
  { store, extension }: Device,
  download: URLDownloadMessage,
  {
    foreground = false,
    uniqueIdentifier,
  }: { readonly foreground?: boolean; readonly uniqueIdentifier?: string | undefined } = {},
): Promise<QueuedDownload | DownloadError> {
  const { app } = store.state;
  const name = JSON.stringify(download.identifier);
  if (!app) return baError("callerConnectionNotAccepted", "The app is not installed.");
  if (download.essential) {
    return baError(
      "downloadEssentialDownloadNotPermitted",
      `Download ${name} is essential: only an answer to install or update may hold those.`,
    );
  }
  const scheduled = findScheduled(store.state, download.identifier);
  if (scheduled && foreground) {
    scheduled.foreground = true; // rule `foreground-promotes`
    await store.save();
    return scheduled;
  }
  if (scheduled) return baError("downloadAlreadyScheduled", `A download ${name} is scheduled already.`);
  const refusal = admitOne(download, app, extension.loaded.config.infoPlist.app, { essentialAllowed: false });
  if (refusal) return refusal;
  const entry = enqueue(store.state, download, { foreground, uniqueIdentifier });
  await store.save();
  return entry;
}

/** Takes a scheduled download out; nobody is told. */
export async function cancel({ store }: Device, uniqueIdentifier: string): Promise<DownloadError | null> {
  const entry = store.state.queue.find(
    (other) => other.uniqueIdentifier === uniqueIdentifier && other.state === "waiting",
  );
  if (!entry) {
    return baError("downloadNotScheduled", `No download ${uniqueIdentifier} is scheduled; it may have concluded.`);
  }
  await removeFromQueue(store, entry);
  return null;
}

/** Everything that is scheduled or under way. */
export function currentDownloads({ store }: Device): DownloadRecord[] {
  return store.state.queue.filter(({ state }) => state === "waiting").map((entry) => recordOf(entry, "waiting"));
}

/** What the system does for one process of the extension. */
export function systemServices(device: Device): SystemServices {
  return {
    async schedule(download, uniqueIdentifier) {
      const entry = await schedule(device, download, { uniqueIdentifier });
      return "download" in entry ? recordOf(entry, "waiting") : entry;
    },
    cancel: (uniqueIdentifier) => cancel(device, uniqueIdentifier),
    currentDownloads: async () => currentDownloads(device),
    acquireExclusiveControl: (before) => device.control.acquire("extension", before),
    releaseExclusiveControl: () => device.control.release("extension"),
  };
}
