import type { BundleInfo, Environment, Host } from "./host.js";
import { currentHost } from "./host.js";

const at =
  (level: Parameters<Host["logger"]>[0]) =>
  (message: string): void =>
    currentHost("log").logger(level)(message);

/** Writes to unified logging. `console.log` and friends arrive here too. */
export const log = {
  debug: at(0),
  info: at(1),
  notice: at(2),
  error: at(3),
  fault: at(4),
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
