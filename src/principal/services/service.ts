import type { z } from "zod";
import type { HostCallName, HostCalls } from "../../sdk/host-calls.js";
import type { ExclusiveControl } from "../exclusive-control.js";
import type { PrincipalOptions } from "../options.js";
import type { StagedFile } from "../staging.js";

/** What the services of one extension process work on. */
export interface ProcessContext extends Pick<
  PrincipalOptions,
  "container" | "applicationGroupIdentifier" | "now" | "system" | "nativeFunctions"
> {
  /** Whether the system takes downloads now: not while it waits for the answer of `downloads`. */
  readonly schedules: boolean;
  /** Names of the notifications that were posted. */
  readonly notifications: string[];
  /** Makes the token of a file that is opened; a void one never comes back in the same process. */
  nextToken(): string;
}

/** The same while one event is answered. */
export interface ServiceContext extends ProcessContext {
  /** The finished file that the event offers, if it offers one. */
  readonly file: StagedFile | null;
  /** Absolute paths of the other files that the event can read, by token: the manifest, and what it has opened. */
  readonly readable: Map<string, string>;
  readonly exclusiveControl: ExclusiveControl;
}

/** One host call: how its arguments are checked, and what it does. `run` rejects with a `BAError` or a file error. */
export interface Service<Name extends HostCallName> {
  readonly args: z.ZodType<HostCalls[Name]["args"]>;
  /** It changes nothing of ours, and may take as long as it likes: the end of the event does not wait for it. */
  readonly abandoned?: true;
  run(args: HostCalls[Name]["args"], context: ServiceContext): Promise<HostCalls[Name]["result"]>;
}
