/** The downloads that the simulated system has: scheduled, loaded, failed, until their result has been delivered. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { URLDownloadMessage } from "../protocol/values.js";
import type { DownloadError, DownloadRecord } from "../sdk/index.js";
import { compareTransfers } from "./admission.js";
import type { QueuedDownload, SystemState } from "./state-schema.js";
import type { StateStore } from "./state.js";

/** Adds a download; the caller saves. */
export function enqueue(
  state: SystemState,
  download: URLDownloadMessage,
  changes: {
    readonly refusal?: DownloadError;
    readonly foreground?: boolean;
    /** Made by the framework with the object; else by the system. */
    readonly uniqueIdentifier?: string | undefined;
  } = {},
): QueuedDownload {
  const entry: QueuedDownload = {
    uniqueIdentifier: changes.uniqueIdentifier ?? randomUUID(),
    download,
    state: changes.refusal ? "refused" : "waiting",
    partial: null,
    foreground: changes.foreground ?? false,
    bytes: 0,
    attempts: 0,
    resumedBytes: 0,
    error: changes.refusal ?? null,
    lostDeliveries: 0,
  };
  state.queue.push(entry);
  return entry;
}

/** The scheduled download of an identifier: one that is still to be loaded. */
export function findScheduled(state: SystemState, identifier: string): QueuedDownload | undefined {
  return state.queue.find((entry) => entry.state === "waiting" && entry.download.identifier === identifier);
}

/** What is loaded next: rules `essential-first`, `priority-order`, `one-transfer`. */
export function nextToLoad(
  state: SystemState,
  eligible: (entry: QueuedDownload) => boolean,
): QueuedDownload | undefined {
  return state.queue
    .filter((entry) => entry.state === "waiting" && eligible(entry))
    .sort((a, b) => Number(b.foreground) - Number(a.foreground) || compareTransfers(a.download, b.download))[0];
}

/** Takes a download out, with its file, and writes the state. */
export async function removeFromQueue(store: StateStore, entry: QueuedDownload): Promise<void> {
  store.state.queue = store.state.queue.filter((other) => other !== entry);
  await store.save();
  await rm(store.file(entry.uniqueIdentifier), { force: true });
}

/** A download as app and extension hear of it. */
export function recordOf(entry: QueuedDownload, state: DownloadRecord["state"]): DownloadRecord {
  const { identifier, essential, priority } = entry.download;
  return { kind: "url", identifier, uniqueIdentifier: entry.uniqueIdentifier, essential, priority, state };
}
