import type { GuestError, GuestEvent } from "../protocol/guest.js";
import type { LogEntry } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { isLaunchFailure, type DispatchOutcome, type GuestConnection } from "./guest-connection.js";
import type { HostCallScope } from "./host-calls.js";
import type { PrincipalOptions } from "./options.js";
import type { StagedFile } from "./staging.js";

/** How an event ended: as the connection says, or before it was sent. */
export type GuestEnd =
  | DispatchOutcome
  | { readonly outcome: "notLoaded"; readonly error: GuestError | null; readonly message: string }
  /** The engine ended during an event before this one. */
  | { readonly outcome: "notReached"; readonly message: string };

export interface EventRun {
  readonly end: GuestEnd;
  /** Downloads that left before the end, whether or not the answer was a success. */
  readonly downloads: readonly URLDownloadMessage[];
  /** Milliseconds that the loaded handler took; 0 when it was not asked. */
  readonly durationMs: number;
}

/** What an extension process cost. */
export interface ProcessCost {
  /** Milliseconds from the start of the process to its last answer; 0 when none was started. */
  readonly processMs: number;
  /** Private dirty memory of the process after it had answered, in bytes. */
  readonly privateDirtyBytes: number | null;
}

export interface GuestRun extends ProcessCost {
  /** The event of the system's message. */
  readonly run: EventRun;
  readonly logs: readonly LogEntry[];
}

/** Sends one event to a loaded handler, with its own deadline. `file`: what the event offers. */
export type Dispatch = (event: GuestEvent, file: StagedFile | null) => Promise<EventRun>;

/** An event that nobody was asked about. */
export const unanswered = (end: GuestEnd): EventRun => ({ end, downloads: [], durationMs: 0 });

/**
 * Starts a process, lets it answer the events that `play` dispatches one after another, and ends it. Rejects only with
 * errors that are bugs of ours.
 */
export async function runGuest(
  play: (dispatch: Dispatch) => Promise<EventRun>,
  calls: HostCallScope,
  options: PrincipalOptions,
): Promise<GuestRun> {
  const logs: LogEntry[] = [];
  const started = performance.now();
  let connection: GuestConnection;
  try {
    connection = await options.launch({
      onHostCall: (call) => calls.answer(call),
      onLog: (level, message) => logs.push({ level, message, source: "handler" }),
    });
  } catch (error) {
    if (!isLaunchFailure(error)) throw error;
    const run = unanswered({ outcome: "notLoaded", error: error.guestError ?? null, message: error.message });
    return { run, logs, processMs: performance.now() - started, privateDirtyBytes: null };
  }
  let processMs = 0;
  let privateDirtyBytes: number | null = null;
  try {
    const run = await play(async (event, file) => {
      const downloads: URLDownloadMessage[] = [];
      const asked = performance.now();
      calls.open(event, file);
      // The deadline counts from here: on a device the process is up when the call arrives, and loading has its own.
      const end = await connection.dispatch(event, options.deadlines[event.kind], {
        download: (download) => downloads.push(download),
      });
      const answered = performance.now();
      processMs = answered - started;
      privateDirtyBytes = connection.privateDirtyBytes();
      await calls.close();
      return { end, downloads, durationMs: answered - asked };
    });
    return { run, logs, processMs, privateDirtyBytes };
  } finally {
    await connection.stop();
    // What the callbacks held was given back with them; a process that is gone holds nothing in any case.
    options.system.releaseExclusiveControl();
  }
}
