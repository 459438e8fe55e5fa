import { createRequire } from "node:module";
import type { GuestError } from "../../protocol/guest.js";
import { abiVersion, Status, type Addon, type AddonRuntime } from "./addon.js";
import { logLevels } from "./log-levels.js";
import type { Engine, LoadOutcome, Runtime, RuntimeOptions, RuntimeOutcome } from "./runtime.js";

/** How long `stop` waits for the JavaScript thread; past it the process ends all the same. */
const stopDeadlineMs = 1_000;

/** Loads the addon. Throws when it is of another ABI than this package. */
export function loadAddonEngine(path: string): Engine {
  const addon: Addon = createRequire(import.meta.url)(path);
  if (addon.abiVersion !== abiVersion) {
    throw new Error(
      `The addon speaks version ${addon.abiVersion} of the runtime's interface, this package speaks version ${abiVersion}: ${path}`,
    );
  }
  return {
    name: addon.engineName === "jsc" ? "jsc" : "node",
    version: addon.engineVersion,
    createRuntime: (options) => new EmbeddedRuntime(addon, options),
  };
}

/** The C++ runtime, as an addon: everything is passed on. */
class EmbeddedRuntime implements Runtime {
  readonly #runtime: AddonRuntime;

  constructor(addon: Addon, options: RuntimeOptions) {
    this.#runtime = addon.createRuntime({
      heapMegabytes: options.heapMegabytes,
      onHostCall: (id, json) => options.onHostCall(id, json),
      onLog: (level, message) => options.onLog(logLevels[level] ?? "default", message),
    });
  }

  load(bundlePath: string, configuration: string, deadlineMs: number): Promise<LoadOutcome> {
    return new Promise((resolve) => {
      try {
        this.#runtime.load(bundlePath, configuration, deadlineMs, (status, text) => {
          if (status === Status.ok) resolve({ ok: true, ...(JSON.parse(text) as { callbacks: string[] }) });
          else resolve({ ok: false, error: toLoadError(status, text) });
        });
      } catch (error) {
        resolve({ ok: false, error: { code: "BA_ENGINE", message: messageOf(error) } });
      }
    });
  }

  dispatch(
    _id: number,
    event: string,
    deadlineMs: number,
    onDownload: (json: string) => void,
  ): Promise<RuntimeOutcome> {
    return new Promise((resolve) => {
      try {
        this.#runtime.dispatch(event, deadlineMs, onDownload, (status, text) => resolve(toOutcome(status, text)));
      } catch (error) {
        // A call that does not fit the state, such as an event after the engine died.
        resolve({ outcome: "engine", message: messageOf(error) });
      }
    });
  }

  answerHostCall(id: number, json: string): void {
    try {
      this.#runtime.answerHostCall(id, json);
    } catch {
      // Nobody waits for it any more: the engine was stopped meanwhile.
    }
  }

  async stop(): Promise<void> {
    // A thread that is stuck in native code rejects this; it is left alone, since the process ends now.
    await this.#runtime.stop(stopDeadlineMs).catch(() => {});
  }
}

function toOutcome(status: number, text: string): RuntimeOutcome {
  switch (status) {
    case Status.ok:
      return { outcome: "answered", reply: text };
    case Status.deadline:
      return { outcome: "deadline", message: text };
    case Status.stopped:
      return { outcome: "stopped", message: text };
    default:
      return { outcome: "engine", message: text };
  }
}

function toLoadError(status: number, text: string): GuestError {
  if (status === Status.load) return JSON.parse(text) as GuestError;
  return { code: status === Status.deadline ? "BA_LOAD_DEADLINE" : "BA_ENGINE", message: text };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
