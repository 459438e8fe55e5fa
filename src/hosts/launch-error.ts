import type { GuestError } from "../protocol/guest.js";

/**
 * - `BA_LOAD_FAILED`: the bundle did not parse, threw, exported no handler, or did not load in time; `guestError` says which.
 * - `BA_HOST_NOT_STARTED`: the program of the host could not be started.
 * - `BA_HOST_CRASHED`: the process ended before the handler was loaded.
 * - `BA_HOST_TIMEOUT`: the process said nothing for too long, and was ended.
 * - `BA_HOST_PROTOCOL`: the process is of another version, or its frames cannot be read.
 * - `BA_HOST_ABORTED`: the caller's signal ended it.
 */
export type LaunchErrorCode =
  | "BA_LOAD_FAILED"
  | "BA_HOST_NOT_STARTED"
  | "BA_HOST_CRASHED"
  | "BA_HOST_TIMEOUT"
  | "BA_HOST_PROTOCOL"
  | "BA_HOST_ABORTED";

/** No extension process with a loaded handler came about. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
  readonly code: LaunchErrorCode;
  /** Only for `BA_LOAD_FAILED`; its stack speaks of the bundle. */
  readonly guestError: GuestError | undefined;
  /** The last lines that the process wrote to stderr; empty when there were none. */
  readonly stderrTail: string;

  constructor(
    code: LaunchErrorCode,
    message: string,
    details: { guestError?: GuestError; stderrTail?: string; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.guestError = details.guestError;
    this.stderrTail = details.stderrTail ?? "";
  }
}
