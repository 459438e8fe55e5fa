import type { Deadlines } from "../config/index.js";
import type { SourceLocation } from "../diagnostics/index.js";
import type { GuestError, GuestEventKind } from "../protocol/guest.js";
import type { GuestConnection, GuestHooks } from "./guest-connection.js";

/** What a principal needs from whoever plays the system. */
export interface PrincipalOptions {
  /** Starts a fresh extension process. Rejects with a `LaunchFailure` when the handler cannot be loaded. */
  launch(hooks: GuestHooks): Promise<GuestConnection>;
  /** Absolute path of the app group's container; made when it does not exist. */
  readonly container: string;
  /** For downloads that name no app group. */
  readonly applicationGroupIdentifier: string;
  readonly deadlines: Deadlines;
  /** Tells an error of the guest in terms of the user's files. `callback`: the key of the handler it is about. */
  mapError(error: GuestError, callback: string): MappedError;
  /** Milliseconds since 1970; the clock of the simulated system. */
  now(): number;
}

export interface MappedError {
  readonly message: string;
  readonly hint: string | null;
  readonly location: SourceLocation | null;
}

/** Callbacks of the handler. */
export type Callback = GuestEventKind;
