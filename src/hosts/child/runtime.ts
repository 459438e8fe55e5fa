import type { GuestError } from "../../protocol/guest.js";
import type { LogEntry } from "../../protocol/system.js";

/** What a runtime calls back, on the main thread of the child. */
export interface RuntimeServices {
  /** `json`: a `hostCall`. Answered with `Runtime.answerHostCall`. */
  onHostCall(id: number, json: string): void;
  /** `written` is to be called when it has left the process: the handler waits meanwhile when there are many. */
  onLog(level: LogEntry["level"], message: string, written: () => void): void;
}

export interface RuntimeOptions extends RuntimeServices {
  /** Limit of the JavaScript heap in MiB. */
  readonly heapMegabytes: number;
}

/** `callbacks`: keys of the handler object. */
export type LoadOutcome =
  | { readonly ok: true; readonly callbacks: readonly string[] }
  | { readonly ok: false; readonly error: GuestError };

/** `reply`: the JSON of a `guestReply`, passed on unread. */
export type RuntimeOutcome =
  | { readonly outcome: "answered"; readonly reply: string }
  | { readonly outcome: "deadline" | "stopped" | "engine"; readonly message: string };

export type OnDownload = (json: string, written: () => void) => void;

/**
 * JavaScript on a thread of its own, seen from the child's main thread, which it never blocks. The rules are those of
 * `ba_runtime.h`: a deadline that passes stops the engine for good, and every later event has the outcome `engine`.
 */
export interface Runtime {
  /** Once, before the first event. `configuration`: the JSON of a `guestConfiguration`. Never rejects. */
  load(bundlePath: string, configuration: string, deadlineMs: number): Promise<LoadOutcome>;
  /**
   * `event`: the JSON of a `guestEvent`; `deadlineMs`: 0 for none; `onDownload`: the JSON of a `urlDownload`, never
   * called after the promise has settled, and `written` as in `onLog`. Never rejects.
   */
  dispatch(id: number, event: string, deadlineMs: number, onDownload: OnDownload): Promise<RuntimeOutcome>;
  /** A late answer, to a call that nobody waits for any more, is dropped. */
  answerHostCall(id: number, json: string): void;
  /** Ends JavaScript; events without an answer get the outcome `stopped`. Safe to call again. */
  stop(): Promise<void>;
}
