import type { FileReader } from "./reader.js";
import type { StoragePlace } from "./storage.js";

/**
 * A downloaded file, waiting in the staging folder of the app group. A callback that returns without
 * claiming it gives it up: the file is deleted and a diagnostic says so. A callback that throws does not
 * lose it: the file stays in staging.
 */
export interface FinishedFile extends FileReader {
  /** How often this file has been offered, this time included; from 1. */
  readonly attempt: number;
  /**
   * Moves the file to its final place: one atomic rename that replaces what is there and keeps the system's
   * purge tracking. Makes parent folders. Resolves to the path relative to the container. Once, and the last thing
   * to do: the reader is closed then, and a second call rejects with `BA_FILE_ALREADY_MOVED`.
   */
  moveTo(path: string, options?: { readonly place?: StoragePlace }): Promise<string>;
  /** SHA-256 of the content, lower-case hexadecimal, computed natively. */
  sha256(): Promise<string>;
}

/** Why a download failed: an `NSError`. */
export interface DownloadError {
  /** For example `"BAErrorDomain"` or `"NSURLErrorDomain"`. */
  readonly domain: string;
  readonly code: number;
  /** The documented name of the code, where it has one, for example `"downloadWouldExceedAllowance"`. */
  readonly name: string | null;
  readonly message: string;
  readonly underlying: DownloadError | null;
  readonly userInfo: { readonly [key: string]: unknown };
}
