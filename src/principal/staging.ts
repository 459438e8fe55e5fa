/**
 * The staging folder: a finished file dies when the system's call returns, so it moves here before JavaScript is told,
 * and from here to its final place, each time by one rename on one volume.
 */
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Download } from "../sdk/download.js";
import { ownFolder } from "./container.js";
import { orNull, writeAtomically } from "./files.js";

/** Where a claimed file lies now: absolute path, and bytes. */
export interface Claim {
  readonly path: string;
  readonly bytes: number;
}

/** A finished file while its handler runs. */
export interface StagedFile {
  /** Names the file in host calls; void when the event has been answered. */
  readonly token: string;
  readonly download: Download;
  /** Absolute, in the staging folder. */
  readonly path: string;
  readonly bytes: number;
  /** How often it has been offered, this time included. */
  readonly attempt: number;
  /** Pending from the first `moveTo` on, so that two at once cannot both claim; undefined again when it failed. */
  claim: Promise<Claim> | undefined;
}

/** What is remembered of a file that its handler neither claimed nor gave up. */
interface Sidecar {
  readonly download: Download;
  readonly attempt: number;
}

/** Absolute path of the staged file of a download. */
export function stagingPath(container: string, uniqueIdentifier: string): string {
  // A UUID on Apple's systems; whatever else it is must stay one name in one folder.
  const name = encodeURIComponent(uniqueIdentifier).replaceAll(".", "%2E");
  return join(container, ownFolder, "staging", name);
}

const sidecarPath = (stagedPath: string): string => `${stagedPath}.json`;

/** Takes a finished file over from the system. Rejects with the error of the file system. */
export async function stage(container: string, download: Download, systemPath: string): Promise<StagedFile> {
  const path = stagingPath(container, download.uniqueIdentifier);
  const earlier = await readSidecar(path);
  await mkdir(join(container, ownFolder, "staging"), { recursive: true });
  // A kept file that is offered again lies here already.
  if (systemPath !== path) await rename(systemPath, path);
  const { size } = await stat(path);
  const attempt = (earlier?.attempt ?? 0) + 1;
  return { token: download.uniqueIdentifier, download, path, bytes: size, attempt, claim: undefined };
}

/** Remembers a file whose handler failed, so that it can be offered again. */
export async function keep(container: string, { download, attempt, path }: StagedFile): Promise<void> {
  const sidecar: Sidecar = { download, attempt };
  await writeAtomically(container, sidecarPath(path), JSON.stringify(sidecar));
}

/** Ends the stay of a file that was claimed or given up. */
export async function release({ path }: StagedFile): Promise<void> {
  await rm(path, { force: true });
  await rm(sidecarPath(path), { force: true });
}

/** A sidecar that cannot be read counts as none: the file is offered as if for the first time. */
async function readSidecar(stagedPath: string): Promise<Sidecar | null> {
  const text = await orNull(readFile(sidecarPath(stagedPath), "utf8"));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Sidecar;
  } catch {
    return null;
  }
}
