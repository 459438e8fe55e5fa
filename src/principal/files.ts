import { randomUUID } from "node:crypto";
import { chmod, constants, copyFile, mkdir, readdir, rename, rm, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownFolder } from "./container.js";

/** Marks the temporary files of this process: those of any other are leftovers of one that was killed. */
const thisProcess = randomUUID();

const temporaryFolder = (container: string): string => join(container, ownFolder, "temporary");

/**
 * Writes a text so that a reader sees the old content or the new, never a part. The temporary file lies in the
 * principal's folder: on the volume of the container, and in no listing of a handler.
 *
 * @param mode permission bits of the new file
 */
export async function writeAtomically(container: string, path: string, text: string, mode = 0o644): Promise<void> {
  await replaceAtomically(container, path, (temporary) => writeFile(temporary, text, { mode }));
}

/** Copies a file in the same way; on file systems that can, both share their blocks. */
export async function copyAtomically(container: string, from: string, to: string): Promise<void> {
  await replaceAtomically(container, to, async (temporary) => {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    // The manifest is read-only, and the copy is the handler's own.
    await chmod(temporary, 0o644);
  });
}

/** Replaces a file by what `make` puts at a temporary path. */
export async function replaceAtomically(
  container: string,
  path: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(temporaryFolder(container), `${thisProcess}.${randomUUID()}`);
  try {
    await withFolder(temporary, () => make(temporary));
    await renameInto(temporary, path);
  } catch (error) {
    await removeFile(temporary);
    throw error;
  }
}

/** Removes what processes left that were killed while they wrote. */
export async function sweepTemporary(container: string): Promise<void> {
  const folder = temporaryFolder(container);
  for (const name of (await orNull(readdir(folder))) ?? []) {
    if (!name.startsWith(thisProcess)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

const turns = new Map<string, Promise<unknown>>();

/** Runs what reads, changes and writes a file after everything that does the same with it in this process. */
export async function inTurn<Value>(path: string, task: () => Promise<Value>): Promise<Value> {
  const turn = (turns.get(path) ?? Promise.resolve()).then(task, task);
  turns.set(path, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(path) === turn) turns.delete(path);
  }
}

/** The code of a file system's error, for example `"ENOENT"`. */
export function errorNumber(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Renames, replacing a file that is there, and makes parent folders. */
export async function renameInto(from: string, to: string): Promise<void> {
  await withFolder(to, () => rename(from, to));
}

/** Makes the folder of `path` when it turns out to be missing, which is seldom. */
async function withFolder(path: string, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (errorNumber(error) !== "ENOENT") throw error;
    await mkdir(dirname(path), { recursive: true });
    await task();
  }
}

/** Does nothing where there is no such file. */
export async function removeFile(path: string): Promise<void> {
  await orNull(unlink(path));
}

/** The promise's value, or `null` where a file or a folder on the way to it does not exist. */
export async function orNull<Value>(promise: Promise<Value>): Promise<Value | null> {
  try {
    return await promise;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorNumber(error) ?? "")) return null;
    throw error;
  }
}

/**
 * Whether the record was written. A volume that is full must not cost a file that is there already, so that records
 * about files are written where it is possible.
 */
export async function whereWritable(record: Promise<void>): Promise<boolean> {
  try {
    await record;
    return true;
  } catch (error) {
    if (errorNumber(error) === undefined) throw error;
    return false;
  }
}
