/**
 * The staging folder, and the small file beside each staged one that says what it is. It is written before each step, so
 * that whoever finds both after a kill knows how far the step had come. It holds no URL, no header, no credential.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { count, download } from "../protocol/values.js";
import { ownFolder } from "./container.js";
import { orNull, removeFile, whereWritable, writeAtomically } from "./files.js";

const sidecar = z.object({
  download,
  /** How often the file has been offered; 0 while it is on its way here. */
  attempt: count,
  /** Milliseconds since 1970, by the clock of the system: the oldest is offered first. */
  stagedAt: z.number().default(0),
  bytes: count.default(0),
  /** Where a claim moves it, relative to the container. It has happened when the file is not here any more. */
  claim: z.string().optional(),
});
export type Sidecar = z.infer<typeof sidecar>;

/** Something in staging: a file with its sidecar, or one of the two without the other. */
export interface StagedEntry {
  /** Absolute path of the file, whether or not it is there. */
  readonly path: string;
  /** `null`: there is none, or it cannot be read. */
  readonly sidecar: Sidecar | null;
  /** Bytes of the file; `null` where it is gone. */
  readonly bytes: number | null;
}

/** After so many offers a file stays in staging, until the system purges it. */
export const maximumOffers = 3;

const stagingFolder = (container: string): string => join(container, ownFolder, "staging");

/** Absolute path of the staged file of a download. */
export function stagingPath(container: string, uniqueIdentifier: string): string {
  // A UUID on Apple's systems; whatever else it is must stay one name in one folder.
  return join(stagingFolder(container), encodeURIComponent(uniqueIdentifier).replaceAll(".", "%2E"));
}

const suffix = ".json";
const sidecarPath = (stagedPath: string): string => stagedPath + suffix;

/** What is in staging under one name. */
export async function readEntry(path: string): Promise<StagedEntry> {
  return { path, sidecar: await readSidecar(path), bytes: (await orNull(stat(path)))?.size ?? null };
}

/** Everything in staging that has a sidecar, by age, then by name. */
export async function readStaging(container: string): Promise<readonly StagedEntry[]> {
  const folder = stagingFolder(container);
  // A staged file's own name has no dot.
  const names = ((await orNull(readdir(folder))) ?? []).filter((name) => name.endsWith(suffix)).sort();
  const entries: StagedEntry[] = [];
  for (const name of names) entries.push(await readEntry(join(folder, name.slice(0, -suffix.length))));
  return entries.sort((a, b) => (a.sidecar?.stagedAt ?? 0) - (b.sidecar?.stagedAt ?? 0));
}

/** A sidecar that cannot be read counts as none: the file is offered as if for the first time. */
async function readSidecar(stagedPath: string): Promise<Sidecar | null> {
  const text = await orNull(readFile(sidecarPath(stagedPath), "utf8"));
  try {
    return sidecar.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

export async function writeSidecar(container: string, stagedPath: string, content: Sidecar): Promise<void> {
  await whereWritable(writeAtomically(container, sidecarPath(stagedPath), JSON.stringify(content)));
}

export const removeSidecar = (stagedPath: string): Promise<void> => removeFile(sidecarPath(stagedPath));
