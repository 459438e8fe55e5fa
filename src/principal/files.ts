import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownFolder } from "./container.js";

/**
 * Writes a text so that a reader sees the old content or the new, never a part. The temporary file lies in the
 * principal's folder: on the volume of the container, and in no listing of a handler.
 *
 * @param mode permission bits of the new file
 */
export async function writeAtomically(container: string, path: string, text: string, mode = 0o644): Promise<void> {
  const temporary = join(container, ownFolder, "temporary", randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  try {
    await writeFile(temporary, text, { mode });
    await renameInto(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The code of a file system's error, for example `"ENOENT"`. */
export function errorNumber(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Renames, replacing a file that is there, and makes parent folders. */
export async function renameInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
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
