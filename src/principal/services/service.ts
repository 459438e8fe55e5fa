import type { z } from "zod";
import type { HostCallName, HostCalls } from "../../sdk/host-calls.js";
import type { StagedFile } from "../staging.js";

/** What the services of one event work on. */
export interface ServiceContext {
  /** Absolute path of the app group's container. */
  readonly container: string;
  /** The finished file that the event offers, if it offers one. */
  readonly file: StagedFile | null;
  /** Names of the notifications that were posted. */
  readonly notifications: string[];
}

/** One host call: how its arguments are checked, and what it does. `run` rejects with a `BAError` or a file error. */
export interface Service<Name extends HostCallName> {
  readonly args: z.ZodType<HostCalls[Name]["args"]>;
  run(args: HostCalls[Name]["args"], context: ServiceContext): Promise<HostCalls[Name]["result"]>;
}
