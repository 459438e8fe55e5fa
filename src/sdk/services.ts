import type { BundleInfo, Environment, LogLevel } from "./host.js";
import { currentHost } from "./host.js";

const at =
  (level: LogLevel) =>
  (message: string): void =>
    currentHost("log").log(level, message);

/** Writes to unified logging. `console.log` and friends arrive here too. */
export const log = {
  debug: at("debug"),
  info: at("info"),
  notice: at("default"),
  error: at("error"),
  fault: at("fault"),
};

/** Posts a Darwin notification, which the app and its other extensions can observe. It carries no data. */
export async function notify(name: string): Promise<void> {
  await currentHost("notify").call("notify", { name });
}

/** The host's clock; the simulator's can be moved. */
export const clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  now: (): number => currentHost("clock.now").now(),
};

/** Platform, system version and locale. Read inside a callback. */
export const environment = (): Environment => currentHost("environment").environment;

/** `Info.plist` of extension and app. Read inside a callback. */
export const bundle = (): BundleInfo => currentHost("bundle").bundle;
