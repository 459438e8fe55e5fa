import type { GuestError, GuestEvent } from "../protocol/guest.js";
import type { LogEntry } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { isLaunchFailure, type DispatchOutcome, type GuestConnection } from "./guest-connection.js";
import type { HostCallScope } from "./host-calls.js";
import type { PrincipalOptions } from "./options.js";

/** How the one event of a process ended: as the connection says, or before it, because the handler did not load. */
export type GuestEnd =
  | DispatchOutcome
  | { readonly outcome: "notLoaded"; readonly error: GuestError | null; readonly message: string };

export interface GuestRun {
  readonly end: GuestEnd;
  /** Downloads that left before the end, whether or not the answer was a success. */
  readonly downloads: readonly URLDownloadMessage[];
  readonly logs: readonly LogEntry[];
  /** Milliseconds from the moment when the handler was loaded; 0 when it was not. */
  readonly durationMs: number;
  /** Milliseconds from the start of the process. */
  readonly processMs: number;
  readonly privateDirtyBytes: number | null;
}

/** Starts a process, lets it answer one event, and ends it. Rejects only with errors that are bugs of ours. */
export async function runGuest(event: GuestEvent, calls: HostCallScope, options: PrincipalOptions): Promise<GuestRun> {
  const logs: LogEntry[] = [];
  const downloads: URLDownloadMessage[] = [];
  const started = performance.now();
  let connection: GuestConnection;
  try {
    connection = await options.launch({
      onHostCall: (call) => calls.answer(call),
      onLog: (level, message) => logs.push({ level, message, source: "handler" }),
    });
  } catch (error) {
    if (!isLaunchFailure(error)) throw error;
    const end = { outcome: "notLoaded", error: error.guestError ?? null, message: error.message } as const;
    return { end, downloads, logs, durationMs: 0, processMs: performance.now() - started, privateDirtyBytes: null };
  }
  try {
    const loaded = performance.now();
    calls.open();
    // The deadline counts from here: on a device the process is up when the call arrives, and loading has its own.
    const end = await connection.dispatch(event, options.deadlines[event.kind], {
      download: (download) => downloads.push(download),
    });
    const ended = performance.now();
    const privateDirtyBytes = connection.privateDirtyBytes();
    await calls.close();
    return { end, downloads, logs, durationMs: ended - loaded, processMs: ended - started, privateDirtyBytes };
  } finally {
    await connection.stop();
  }
}
