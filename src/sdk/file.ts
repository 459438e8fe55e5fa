import type { ErrorName } from "./error-names.js";
import type { FileReader } from "./reader.js";
import type { StorageOptions } from "./storage.js";

/** Options of {@link FinishedFile.moveTo}. */
export interface MoveOptions extends StorageOptions {
  /**
   * Takes exclusive control (`BADownloadManager`) around the rename, so that an app that takes it too never sees the
   * file change. Rejects with `ExclusiveControlError` where it cannot be had. Defaults to `false`.
   */
  readonly exclusive?: boolean;
}

/**
 * A downloaded file, waiting in the staging folder of the app group. A callback that returns without claiming or keeping
 * it gives it up: the file is deleted and a diagnostic says so. A callback that throws does not lose it: the file is
 * offered again, as one that was kept.
 */
export interface FinishedFile extends FileReader {
  /** How often this file has been offered, this time included; from 1. After the third it is offered no more. */
  readonly attempt: number;
  /**
   * Moves the file to its final place: one atomic rename that replaces what is there and keeps the system's
   * purge tracking. Makes parent folders. Resolves to the path relative to the container. Once, and the last thing
   * to do: the reader is closed then, and a second call rejects with `BA_FILE_ALREADY_MOVED`.
   */
  moveTo(path: string, options?: MoveOptions): Promise<string>;
  /**
   * Leaves the file in staging and asks to be offered it again, at the next wake of the extension. After three offers it
   * only stays listed by `storage.unclaimed()`, until the system purges it.
   */
  keep(): Promise<void>;
}

/** A file that was offered three times and is offered no more. */
export interface UnclaimedFile {
  readonly identifier: string;
  /** Bytes. */
  readonly size: number;
  /** How often it was offered. */
  readonly attempts: number;
}

/** Why a download failed: an `NSError`. */
export interface DownloadError {
  /** For example `"BAErrorDomain"` or `"NSURLErrorDomain"`. */
  readonly domain: string;
  readonly code: number;
  /** The documented name of the code, where it has one. */
  readonly name: ErrorName | null;
  readonly message: string;
  readonly underlying: DownloadError | null;
  readonly userInfo: { readonly [key: string]: unknown };
}
