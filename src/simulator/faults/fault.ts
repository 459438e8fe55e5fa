/**
 * What a fault is. On the command line and in options it is a text, `name[=value][*times][@where]`:
 * `404@level-2.pak`, `slow=100000`, `cut=50%*2@level-1.pak`, `kill-extension@moveTo`, `kill-system=3@delivered`.
 */

/** Where a process can be killed while the extension works. */
export type ExtensionStep =
  /** The callback has been called and has not answered. */
  | "downloads"
  | "didReceiveChallenge"
  | "downloadFailed"
  | "downloadFinished"
  /** `file.moveTo` has moved the file, and the handler does not know it yet. */
  | "moveTo";

/** Where the simulated system itself can be killed. */
export type SystemStep =
  /** Half of the manifest is there. */
  | "manifest"
  /** The manifest is there; the extension has not been woken. */
  | "request"
  /** The answer of `downloads` is written to the state; nothing of it is loaded. */
  | "scheduled"
  /** Half of a download is there. */
  | "transfer"
  /** A download is there whole; its result has not been delivered. */
  | "transferred"
  /** The extension has answered the result, which the state does not know yet. */
  | "delivered";

/** What befalls one attempt to load a file. */
export interface TransferFaults {
  /** No network: fails with notConnectedToInternet before anything is sent. */
  readonly offline: boolean;
  /** Bytes a second of the simulated clock; null for no limit. */
  readonly bytesPerSecond: number | null;
  /** Answer with this status instead of the server's. `retryAfter`: seconds, of a 503. */
  readonly status: { readonly code: 404 | 416 | 503; readonly retryAfter: number | null } | null;
  /**
   * Share (0 to 1) of what this attempt has to load, after which the connection is `cut`, or `stall`s until the
   * time-out.
   */
  readonly interruption: { readonly kind: "cut" | "stall"; readonly after: number } | null;
  /** The last byte never comes and the connection ends as if it had. */
  readonly wrongSize: boolean;
  /** The volume is full when half of what this attempt has to load is written. */
  readonly diskFull: boolean;
  /** Tells that it came to pass. A fault that is never told, because another one came first, is not used up. */
  happened(fault: TransferFault): void;
}

export type TransferFault = Exclude<keyof TransferFaults, "happened">;

/** A fault that came to pass. `at`: identifier of a download, `manifest`, or a step. */
export interface Occurrence {
  readonly fault: string;
  readonly at: string;
}

/** The faults of one simulated system, used up as they come to pass. */
export interface Faults {
  /**
   * Those of the next attempt to load a file. `name`: identifier of the download, or `manifest`. `ranged`: whether it
   * asks for a range.
   */
  attempt(name: string, ranged: boolean): TransferFaults;
  /** Whether the process dies here, now. */
  kills(process: "extension", step: ExtensionStep): boolean;
  kills(process: "system", step: SystemStep): boolean;
  /** Whether a process of this kind may still be killed. */
  killsToCome(process: "extension"): boolean;
  /** Those that came to pass, in that order, and clears the list. */
  takeOccurred(): readonly Occurrence[];
  /** Texts of those that have never come to pass. */
  unused(): readonly string[];
}
