/**
 * The principal's own table of what it has scheduled, keyed by identifier: the system's download objects cannot be asked
 * for URL, size or app group. Entries leave when their file has been claimed or given up, or the download was cancelled;
 * one that failed can be scheduled again.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { urlDownload, type URLDownloadMessage } from "../protocol/values.js";
import type { DownloadRecord } from "../sdk/download.js";
import { ownFolder } from "./container.js";
import { inTurn, orNull, whereWritable, writeAtomically } from "./files.js";

const tableFile = z.object({
  version: z.literal(1),
  downloads: z.record(
    z.string(),
    urlDownload.omit({ identifier: true }).extend({
      /** Milliseconds since 1970, by the clock of the host. */
      scheduledAt: z.number(),
      /** Known of those that the manager has scheduled, not of those of an answer. */
      uniqueIdentifier: z.string().optional(),
    }),
  ),
});
type Table = z.infer<typeof tableFile>;

const tablePath = (container: string): string => join(container, ownFolder, "downloads.json");

/** Adds the downloads of an answer; an identifier that is there already gets its new values. */
export async function rememberDownloads(
  container: string,
  downloads: readonly (URLDownloadMessage & { readonly uniqueIdentifier?: string })[],
  now: number,
): Promise<void> {
  if (downloads.length === 0) return;
  await change(container, (entries) => {
    for (const { identifier, ...download } of downloads) entries.set(identifier, { ...download, scheduledAt: now });
    return true;
  });
}

/** What a download was scheduled with; `null` for one that this principal class has not scheduled. */
export async function findDownload(container: string, identifier: string): Promise<URLDownloadMessage | null> {
  const entry = new Map(Object.entries((await readTable(container)).downloads)).get(identifier);
  if (!entry) return null;
  const { scheduledAt: _scheduledAt, uniqueIdentifier: _uniqueIdentifier, ...download } = entry;
  return { identifier, ...download };
}

/**
 * Removes a download that has come to its end, unless its identifier was scheduled anew since.
 *
 * @param since milliseconds since 1970: when its file came
 */
export async function forgetDownload(
  container: string,
  { identifier, uniqueIdentifier }: DownloadRecord,
  since: number,
): Promise<void> {
  await change(container, (entries) => {
    const entry = entries.get(identifier);
    if (!entry) return false;
    const isAnother =
      entry.uniqueIdentifier === undefined ? entry.scheduledAt > since : entry.uniqueIdentifier !== uniqueIdentifier;
    return !isAnother && entries.delete(identifier);
  });
}

/** @param edit returns whether it has changed anything */
async function change(
  container: string,
  edit: (entries: Map<string, Table["downloads"][string]>) => boolean,
): Promise<void> {
  await inTurn(tablePath(container), async () => {
    const entries = new Map(Object.entries((await readTable(container)).downloads));
    if (edit(entries)) await writeTable(container, entries);
  });
}

/** A table that cannot be read counts as empty: the system may purge the folder at any time. */
async function readTable(container: string): Promise<Table> {
  const text = await orNull(readFile(tablePath(container), "utf8"));
  try {
    return tableFile.parse(JSON.parse(text ?? ""));
  } catch {
    return { version: 1, downloads: {} };
  }
}

async function writeTable(container: string, entries: ReadonlyMap<string, Table["downloads"][string]>): Promise<void> {
  const table: Table = { version: 1, downloads: Object.fromEntries(entries) };
  // Request headers may hold credentials: for the owner only.
  const text = `${JSON.stringify(table, null, 2)}\n`;
  await whereWritable(writeAtomically(container, tablePath(container), text, 0o600));
}
