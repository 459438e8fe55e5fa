/**
 * The principal's own table of what it has scheduled, keyed by identifier: the system's download objects cannot be asked
 * for URL, size or app group. Entries leave when their file has been claimed or given up.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { urlDownload, type URLDownloadMessage } from "../protocol/values.js";
import { ownFolder } from "./container.js";
import { orNull, writeAtomically } from "./files.js";

const tableFile = z.object({
  version: z.literal(1),
  downloads: z.record(
    z.string(),
    urlDownload.omit({ identifier: true }).extend({
      /** Milliseconds since 1970, by the clock of the host. */
      scheduledAt: z.number(),
    }),
  ),
});
type Table = z.infer<typeof tableFile>;

const tablePath = (container: string): string => join(container, ownFolder, "downloads.json");

/** Adds the downloads of an answer; an identifier that is there already gets its new values. */
export async function rememberDownloads(
  container: string,
  downloads: readonly URLDownloadMessage[],
  now: number,
): Promise<void> {
  if (downloads.length === 0) return;
  const entries = new Map(Object.entries((await readTable(container)).downloads));
  for (const { identifier, ...download } of downloads) entries.set(identifier, { ...download, scheduledAt: now });
  await writeTable(container, entries);
}

/** Removes a download that has come to its end. */
export async function forgetDownload(container: string, identifier: string): Promise<void> {
  const entries = new Map(Object.entries((await readTable(container)).downloads));
  if (entries.delete(identifier)) await writeTable(container, entries);
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
  await writeAtomically(container, tablePath(container), `${JSON.stringify(table, null, 2)}\n`, 0o600);
}
