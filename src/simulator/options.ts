import type { LoadedConfig } from "../config/index.js";
import type { HostName } from "../hosts/host-name.js";
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
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends what is going on: the transfers are cut, the extension is killed. */
  readonly signal?: AbortSignal | undefined;
}

/** What happens to an app, or one raw message for one callback. */
export type SimulatorEvent =
  | { readonly kind: "install" | "update" | "periodic" }
  /** Somebody chose another language for the app. `locale`: BCP 47, what the handler sees from now on. */
  | { readonly kind: "languageChange"; readonly locale?: string | undefined }
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
      readonly kind: "finished" | "failed" | "refused";
      readonly identifier: string;
      readonly bytes: number;
      readonly detail: string | null;
    }
  | { readonly kind: "log"; readonly entry: LogEntry }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic };

export interface Simulator extends AsyncDisposable {
  /** Plays one event to its end and tells what it came to. Events of one simulator run one after another. */
  dispatch(event: SimulatorEvent): Promise<Report>;
  /** Absolute path of the app group's container. */
  readonly container: string;
  /** Ends servers and processes; the state stays. */
  dispose(): Promise<void>;
}
