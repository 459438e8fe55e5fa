import type { UnclaimedFile } from "./file.js";
import type { FileReader } from "./reader.js";
import { currentHost } from "./host.js";

/**
 * Where a relative path starts, inside the app group's container. `"caches"` (`Library/Caches`, the default)
 * is where Apple recommends to keep downloaded assets: the system may purge it when storage runs low.
 * `"container"` is the container itself.
 */
export type StoragePlace = "caches" | "container";

/** Options of every function that takes a path. */
export interface StorageOptions {
  /** Defaults to `"caches"`. */
  readonly place?: StoragePlace;
}

/** What {@link storage}`.stat` knows of a file. */
export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly modifiedAt: number;
}

/**
 * Files of the app group's container. Paths are relative with `/`; one that leaves the container rejects with
 * `BA_PATH_OUTSIDE_CONTAINER`. State must live here: nothing in memory survives from one call to the next.
 */
export const storage = {
  /** Size and time of a file, or `null` where there is none. */
  stat: (path: string, options: StorageOptions = {}): Promise<FileStat | null> =>
    currentHost("storage.stat").call("storage.stat", { path, ...options }),
  /** The text of a UTF-8 file, or `null` where there is none. */
  read: (path: string, options: StorageOptions = {}): Promise<string | null> =>
    currentHost("storage.read").call("storage.read", { path, ...options }),
  /**
   * A file of any size and format, to read in place; `null` where there is none. It reads what the file is now, whatever
   * replaces it meanwhile, and is closed when the callback has returned.
   */
  open: async (path: string, options: StorageOptions = {}): Promise<FileReader | null> => {
    const host = currentHost("storage.open");
    const file = await host.call("storage.open", { path, ...options });
    return file && host.open(JSON.stringify(path), file);
  },
  /** Writes a text atomically, making parent folders. */
  write: async (path: string, text: string, options: StorageOptions = {}): Promise<void> => {
    await currentHost("storage.write").call("storage.write", { path, text, ...options });
  },
  /** Paths of the files below a folder, relative to it, sorted. Empty where there is no such folder. */
  list: (path = "", options: StorageOptions = {}): Promise<readonly string[]> =>
    currentHost("storage.list").call("storage.list", { path, ...options }),
  /** Renames a file within the container, replacing atomically, making parent folders. */
  move: async (from: string, to: string, options: StorageOptions = {}): Promise<void> => {
    await currentHost("storage.move").call("storage.move", { from, to, ...options });
  },
  /** Removes a file or folder; does nothing where there is none. */
  remove: async (path: string, options: StorageOptions = {}): Promise<void> => {
    await currentHost("storage.remove").call("storage.remove", { path, ...options });
  },
  /** Finished files that were offered three times without being claimed, oldest first; only the system removes them. */
  unclaimed: (): Promise<readonly UnclaimedFile[]> => currentHost("storage.unclaimed").call("storage.unclaimed", {}),
  /** Bytes that the volume of the container has left. */
  available: (): Promise<number> => currentHost("storage.available").call("storage.available", {}),
};
