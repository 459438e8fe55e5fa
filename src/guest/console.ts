import { native } from "./engine.js";
import { format } from "./format.js";

/** What writes to the log at a level, as `Native.log` numbers them. */
export const logger =
  (level: number) =>
  (...values: unknown[]): void =>
    native.log(level, values.map(format).join(" "));

/**
 * Leads `console` to the log of the system, in every engine. Warnings are of level `error`, as those of Apple's
 * `Logger` are. Methods that are not named here stay those of the engine, where it has them.
 */
export const installConsole = (): void => {
  const scope = globalThis as { console?: object };
  const [debug, info, log, error] = [0, 1, 2, 3].map(logger);
  scope.console = { ...scope.console, debug, info, log, warn: error, error };
};
