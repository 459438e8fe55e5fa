import { UserError } from "../diagnostics/index.js";
import type { AppDelegate } from "./options.js";
import type { Clock } from "./clock.js";
import type { ExclusiveControl } from "./exclusive-control.js";
import type { Faults, SystemStep } from "./faults/fault.js";
import type { Loader } from "./loader.js";
import type { Recorder } from "./recorder.js";
import type { StateStore } from "./state.js";
import type { Extension } from "./wake.js";

/** One simulated device, as long as the simulator lives. */
export interface Device {
  readonly extension: Extension;
  readonly store: StateStore;
  readonly clock: Clock;
  readonly control: ExclusiveControl;
  readonly faults: Faults;
  /** The app: its delegate while it runs in the foreground. */
  readonly app: { delegate: AppDelegate | null };
  readonly signal: AbortSignal;
  /** Comes by a place where the system can be killed, and does not return when it is. */
  step(step: SystemStep): void;
}

/** What one event plays on. */
export interface Stage extends Device {
  readonly recorder: Recorder;
  readonly loader: Loader;
}

/** What `kill-system` does where no process can be killed: the event rejects, and nothing is written any more. */
export function simulatedCrash(): never {
  throw new UserError("BA_SIMULATED_CRASH", "The simulated system was killed, as the fault kill-system asked.", {
    hint: "Create another simulator with the same state, and call resume() or dispatch the next event.",
  });
}
