import type { LoadedConfig } from "../config/index.js";
import type { HostName } from "../hosts/host-name.js";
import type {
  AuthenticationChallenge,
  ChallengeAnswer,
  DownloadError,
  DownloadRecord,
  URLDownloadOptions,
} from "../sdk/index.js";
import type { Diagnostic, LogEntry, SystemMessage, SystemReply } from "../protocol/system.js";
import type { Report } from "./report.js";

export type { HostName } from "../hosts/host-name.js";

export interface SimulatorOptions {
  /** Folder with `ba.config.ts`, or a configuration that was loaded already. */
  readonly project: string | LoadedConfig;
  /** Defaults to `"embedded"`, or `"worker"` with a diagnostic where the runtime cannot be built. */
  readonly host?: HostName | undefined;
  /** The simulated system's own state and the app group's container. Defaults to `.ba/state` in the project. */
  readonly stateDirectory?: string | undefined;
  /** Forget the state first: as on a device that never had the app. */
  readonly fresh?: boolean | undefined;
  /** Milliseconds since 1970; the system's and the handler's clock. Defaults to the wall clock. */
  readonly now?: (() => number) | undefined;
  /** What goes wrong, as `--fault` takes it: `"cut@level-1.pak"`. `faults/fault.ts` has the grammar. */
  readonly faults?: readonly string[] | undefined;
  /**
   * What `kill-system` does: ends this process, on the command line. By default the event rejects with a `UserError`
   * `BA_SIMULATED_CRASH`; nothing was written after that step, and another simulator can go on from the same state.
   */
  readonly crash?: (() => never) | undefined;
  /** A server of yours plays the production hosts, whatever `simulate.server` of the configuration says. */
  readonly server?: LocalServer | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends what is going on: the transfers are cut, the extension is killed. */
  readonly signal?: AbortSignal | undefined;
}

/** An HTTPS server on 127.0.0.1; its certificate is for the hosts that it plays. */
export interface LocalServer {
  readonly port: number;
  /** The root to trust, PEM. */
  readonly ca: string;
  /** Names without ports. Other hosts are not reachable through it. */
  readonly hosts: readonly string[];
}

/** What happens to an app, or one raw message for one callback. */
export type SimulatorEvent =
  | { readonly kind: "install" | "update" | "periodic" }
  /** Somebody chose another language for the app. `locale`: BCP 47, what the handler sees from now on. */
  | { readonly kind: "languageChange"; readonly locale?: string | undefined }
  /** A content request of a kind that this version does not know. `rawValue` defaults to 99. */
  | { readonly kind: "unknown"; readonly rawValue?: number | undefined }
  | { readonly kind: "message"; readonly message: SystemMessage };

/** Told while an event runs, in the order in which things happen. */
export type Progress =
  | { readonly kind: "preparing"; readonly message: string }
  | { readonly kind: "host"; readonly host: HostName; readonly reason: string }
  | { readonly kind: "manifest"; readonly url: string; readonly bytes: number }
  | { readonly kind: "call"; readonly callback: string; readonly identifier: string | null }
  | {
      readonly kind: "answered";
      readonly callback: string;
      readonly identifier: string | null;
      readonly durationMs: number;
      readonly outcome: SystemReply["outcome"];
      readonly summary: string;
    }
  | {
      readonly kind: "transfer";
      readonly identifier: string;
      readonly essential: boolean;
      readonly received: number;
      readonly total: number;
    }
  | {
      readonly kind: "finished" | "failed" | "refused" | "waiting";
      readonly identifier: string;
      readonly bytes: number;
      readonly detail: string | null;
    }
  /** A transfer that ended early goes on, `delay` simulated milliseconds later. */
  | { readonly kind: "retry"; readonly identifier: string; readonly reason: string; readonly delay: number }
  | { readonly kind: "fault"; readonly fault: string; readonly at: string }
  | { readonly kind: "log"; readonly entry: LogEntry }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic };

/**
 * The app's `BADownloadManagerDelegate`. It is called instead of the extension; for a callback that is missing here, the
 * extension is woken.
 */
export interface AppDelegate {
  didBegin?(download: DownloadRecord): void;
  didWriteBytes?(download: DownloadRecord, progress: { readonly received: number; readonly expected: number }): void;
  didReceiveChallenge?(
    challenge: AuthenticationChallenge,
    download: DownloadRecord,
  ): ChallengeAnswer | Promise<ChallengeAnswer>;
  failed?(download: DownloadRecord, error: DownloadError): void | Promise<void>;
  /** `path`: absolute; the file is deleted when this has returned. */
  finished?(download: DownloadRecord, path: string): void | Promise<void>;
}

/** The app while it runs: its `BADownloadManager`. Refusals reject with a `SystemRefusal`. */
export interface RunningApp extends AsyncDisposable {
  schedule(download: AppDownload): Promise<DownloadRecord>;
  /** Starts at once, or promotes one that is scheduled: it goes on from where it was. */
  startForegroundDownload(download: AppDownload): Promise<DownloadRecord>;
  cancel(download: DownloadRecord): Promise<void>;
  currentDownloads(): Promise<readonly DownloadRecord[]>;
  /** Keeps the extension waiting for exclusive control until the returned function is called. */
  takeExclusiveControl(): Promise<() => void>;
  /** The app goes to the background: the extension gets the results again. */
  quit(): Promise<void>;
}

/** As `urlDownload` takes it. */
export type AppDownload = URLDownloadOptions;

export interface Simulator extends AsyncDisposable {
  /** Plays one event to its end and tells what it came to. Events of one simulator run one after another. */
  dispatch(event: SimulatorEvent): Promise<Report>;
  /** Goes on with what was interrupted, or still waits to be loaded, without a new event. */
  resume(): Promise<Report>;
  /**
   * Lets time pass: moves the clock and plays a periodic check for each day since the last content request.
   * @param duration milliseconds
   */
  advance(duration: number): Promise<readonly Report[]>;
  /** Opens the app, in the foreground: its first launch ends the restrictions. */
  launchApp(delegate?: AppDelegate): Promise<RunningApp>;
  /** Absolute path of the app group's container. */
  readonly container: string;
  /** Ends servers and processes; the state stays. */
  dispose(): Promise<void>;
}
