import type { LogLevel } from "../sdk/host.js";
import type { Native } from "./native.js";
import { format } from "./format.js";

/** In the order of `Native.log`. */
export const levels: readonly LogLevel[] = ["debug", "info", "default", "error", "fault"];

export function log(native: Native, level: number, ...values: unknown[]): void {
  native.log(level, values.map(format).join(" "));
}

/**
 * Leads `console` to the log of the system, in every engine. Warnings are of level `error`, as those of Apple's
 * `Logger` are. Methods that are not named here stay those of the engine, where it has them.
 */
export function installConsole(native: Native): void {
  const scope = globalThis as { console?: object };
  const console: Record<string, unknown> = { ...scope.console };
  for (const [name, level] of Object.entries({ debug: 0, info: 1, log: 2, warn: 3, error: 3 })) {
    console[name] = log.bind(null, native, level);
  }
  scope.console = console;
}
