import type { GuestError, GuestEvent, GuestReply, HostCall, HostReply } from "../protocol/guest.js";
import type { LogEntry } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";

/** How one event ended. Without a reply of the guest, the principal's native default is due. */
export type DispatchOutcome =
  | { readonly outcome: "answered"; readonly reply: GuestReply }
  | { readonly outcome: "deadline" | "stopped" | "engine"; readonly message: string };

/** A living extension process whose handler is loaded. Implemented by `hosts/`. */
export interface GuestConnection {
  /** Process id of the extension process. */
  readonly pid: number;
  readonly engine: "node" | "jsc";
  readonly engineVersion: string;
  /** Keys of the handler object. */
  readonly callbacks: readonly string[];
  /**
   * Sends one event. Never rejects: a process that dies is the outcome `engine`.
   * `deadlineMs` counts from this call. No `on.download` comes after the promise has settled.
   */
  dispatch(
    event: GuestEvent,
    deadlineMs: number,
    on: { download(download: URLDownloadMessage): void },
  ): Promise<DispatchOutcome>;
  /** Resolves when the process, not the engine, has answered. */
  ping(): Promise<void>;
  /** Ends JavaScript, then the process. Safe to call again. */
  stop(): Promise<void>;
  /** Ends the process at once. */
  kill(): void;
  /** Private dirty memory in bytes, now; `null` where it cannot be read. */
  privateDirtyBytes(): number | null;
}

/** What the principal lends to the process that it launches. */
export interface GuestHooks {
  /** Answers a host call of the handler; never rejects. */
  onHostCall(call: HostCall): Promise<HostReply>;
  onLog(level: LogEntry["level"], message: string): void;
}

/** What `PrincipalOptions.launch` rejects with when no loaded handler came about. */
export interface LaunchFailure extends Error {
  readonly code: string;
  /** What the handler did wrong; absent when the process or the engine failed. */
  readonly guestError?: GuestError | undefined;
  readonly stderrTail: string;
}

export function isLaunchFailure(error: unknown): error is LaunchFailure {
  return error instanceof Error && "code" in error && "stderrTail" in error;
}
