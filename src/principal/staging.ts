/**
 * A finished file dies when the system's call returns, so it moves into staging before JavaScript is told, and from there
 * to its final place, each time by one rename on one volume. At any moment it is in one place, and its sidecar
 * (`sidecar.ts`) says which step was under way.
 */
import { stat } from "node:fs/promises";
import type { DownloadRecord } from "../sdk/download.js";
import { relativeToContainer } from "./container.js";
import { forgetDownload } from "./download-table.js";
import { orNull, removeFile, renameInto } from "./files.js";
import { readSettled, rememberSettled, type Settled } from "./settled.js";
import {
  maximumOffers,
  readEntry,
  removeSidecar,
  stagingPath,
  writeSidecar,
  type Sidecar,
  type StagedEntry,
} from "./sidecar.js";

/** Where a claimed file lies now: absolute path, and bytes. */
export interface Claim {
  readonly path: string;
  readonly bytes: number;
}

/** A finished file while its handler runs. */
export interface StagedFile {
  /** Names the file in host calls; void when the event has been answered. */
  readonly token: string;
  readonly download: DownloadRecord;
  /** Absolute, in the staging folder. */
  readonly path: string;
  readonly bytes: number;
  /** How often it has been offered, this time included. */
  readonly attempt: number;
  readonly stagedAt: number;
  /** Pending from the first `moveTo` on, so that two at once cannot both claim; undefined again when it failed. */
  claim: Promise<Claim> | undefined;
  /** The handler asked to be offered it again. */
  kept: boolean;
}

/** A file whose message the system has sent. */
export type Taken =
  | { readonly kind: "staged"; readonly file: StagedFile }
  /** Its message came before, and nobody wrote down the answer. */
  | { readonly kind: "settled"; readonly file: Settled }
  /** It has been offered as often as a file is. */
  | { readonly kind: "exhausted"; readonly file: StagedFile }
  | { readonly kind: "gone" };

/**
 * Takes a finished file over from the system, or from where an earlier delivery of the same message left it. Rejects with
 * the error of the file system.
 *
 * @param now milliseconds since 1970
 */
export async function takeOver(
  container: string,
  download: DownloadRecord,
  systemPath: string,
  now: number,
): Promise<Taken> {
  const { uniqueIdentifier } = download;
  const entry = await readEntry(stagingPath(container, uniqueIdentifier));
  const withSystem = systemPath === entry.path ? null : await orNull(stat(systemPath));
  if (withSystem) {
    if (!withSystem.isFile()) throw Object.assign(new Error(`No file: ${systemPath}`), { code: "EISDIR" });
    const sidecar = { download, attempt: 0, stagedAt: now, bytes: withSystem.size };
    await moveHere(container, systemPath, entry.path, sidecar);
    return { kind: "staged", file: await offer(container, { path: entry.path, sidecar, bytes: sidecar.bytes }) };
  }
  const { path, bytes } = entry;
  const settled = (await settleClaim(container, entry)) ?? (await readSettled(container)).get(uniqueIdentifier);
  // A file that is here all the same was given up, and its deletion cut off.
  if (settled && (bytes === null || settled.kind === "deleted")) {
    await discard(path);
    return { kind: "settled", file: settled };
  }
  if (bytes === null) {
    await discard(path);
    return { kind: "gone" };
  }
  const here = { path, bytes, sidecar: entry.sidecar ?? { download, attempt: 0, stagedAt: now, bytes } };
  return here.sidecar.attempt < maximumOffers
    ? { kind: "staged", file: await offer(container, here) }
    : { kind: "exhausted", file: stagedFile(here) };
}

async function moveHere(container: string, systemPath: string, path: string, sidecar: Sidecar): Promise<void> {
  await rememberSettled(container, sidecar.download.uniqueIdentifier, null);
  await writeSidecar(container, path, sidecar);
  try {
    await renameInto(systemPath, path);
  } catch (error) {
    await removeSidecar(path);
    throw error;
  }
}

/** Ends the stay of a file that a process moved to its place and was killed. `null` where that is not what happened. */
export async function settleClaim(container: string, { path, sidecar, bytes }: StagedEntry): Promise<Settled | null> {
  if (sidecar?.claim === undefined || bytes !== null) return null;
  const settled = { kind: "claimed", path: sidecar.claim, bytes: sidecar.bytes } as const;
  await forgetDownload(container, sidecar.download, sidecar.stagedAt);
  await endStay(container, path, sidecar.download.uniqueIdentifier, settled);
  return settled;
}

/** A staged file, its size known. */
export interface Offerable {
  readonly path: string;
  readonly sidecar: Sidecar;
  readonly bytes: number;
}

/** Counts an offer, before it is made. */
export async function offer(container: string, { path, sidecar, bytes }: Offerable): Promise<StagedFile> {
  const { download, stagedAt } = sidecar;
  const offered = { download, attempt: sidecar.attempt + 1, stagedAt, bytes };
  await writeSidecar(container, path, offered);
  return stagedFile({ path, sidecar: offered, bytes });
}

function stagedFile({ path, sidecar, bytes }: Offerable): StagedFile {
  const { download, attempt, stagedAt } = sidecar;
  return { token: download.uniqueIdentifier, download, path, bytes, attempt, stagedAt, claim: undefined, kept: false };
}

/** Moves a file out of staging. Where it goes is written down first. */
export async function claimInto(container: string, file: StagedFile, target: string): Promise<Claim> {
  const { download, path, bytes, attempt, stagedAt } = file;
  const sidecar: Sidecar = { download, attempt, stagedAt, bytes };
  await writeSidecar(container, path, { ...sidecar, claim: relativeToContainer(container, target) });
  try {
    await renameInto(path, target);
  } catch (error) {
    // A file that the system purges later must not look claimed.
    await writeSidecar(container, path, sidecar);
    throw error;
  }
  return { path: target, bytes };
}

/** Ends the stay of a file that was claimed or given up: first on record, so that a kill in between finds the record. */
export async function endStay(
  container: string,
  path: string,
  uniqueIdentifier: string,
  settled: Settled,
): Promise<void> {
  await rememberSettled(container, uniqueIdentifier, settled);
  await discard(path);
}

/** Removes what is left in staging under one name. */
export async function discard(path: string): Promise<void> {
  await removeFile(path);
  await removeSidecar(path);
}
