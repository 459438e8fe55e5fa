import type { Deadlines, Policies } from "../config/index.js";
import type { SourceLocation } from "../diagnostics/index.js";
import type { GuestError, GuestEventKind } from "../protocol/guest.js";
import type { Mode, URLDownloadMessage } from "../protocol/values.js";
import type { DownloadRecord } from "../sdk/download.js";
import type { DownloadError } from "../sdk/file.js";
import type { GuestConnection, GuestHooks } from "./guest-connection.js";

/** What a principal needs from whoever plays the system. */
export interface PrincipalOptions {
  /** Says which messages come, and which callbacks the handler may have. */
  readonly mode: Mode;
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
  readonly policies: Policies;
  readonly system: SystemServices;
  /** The functions that the app registered, by name. */
  readonly nativeFunctions: Readonly<Record<string, (args: unknown) => unknown>>;
}

/** What the system does for an extension: `BADownloadManager`. `null` is success; a refusal is the system's error. */
export interface SystemServices {
  /** `uniqueIdentifier`: that of the object, where the framework has made it already; else the system makes one. */
  schedule(download: URLDownloadMessage, uniqueIdentifier?: string): Promise<DownloadRecord | DownloadError>;
  cancel(uniqueIdentifier: string): Promise<DownloadError | null>;
  currentDownloads(): Promise<readonly DownloadRecord[]>;
  /** Resolves when control is had; `null`, or why it cannot be. `before`: milliseconds since 1970. */
  acquireExclusiveControl(before: number | undefined): Promise<DownloadError | null>;
  /**
   * Without effect when it is not held. Called in any case when the process has ended. One that is waited for still is
   * given back as soon as it is had.
   */
  releaseExclusiveControl(): void;
}

export interface MappedError {
  readonly message: string;
  readonly hint: string | null;
  readonly location: SourceLocation | null;
}

/** Callbacks of the handler. */
export type Callback = GuestEventKind;
