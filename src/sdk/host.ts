import type { HostCalls } from "./host-calls.js";
import type { FileReader, MappedFile } from "./reader.js";
import { BAError } from "./errors.js";

/** Levels of unified logging (`OSLogType`). */
export type LogLevel = "debug" | "info" | "default" | "error" | "fault";

/** What the guest lends to the functions of this package while a handler is loaded. */
export interface Host {
  call<Name extends keyof HostCalls>(name: Name, args: HostCalls[Name]["args"]): Promise<HostCalls[Name]["result"]>;
  /** Opens a file until the callbacks that run now have returned. `name`: for messages. */
  open(name: string, file: MappedFile): FileReader;
  /** What writes at a level: 0 debug, 1 info, 2 default, 3 error, 4 fault. */
  logger(level: 0 | 1 | 2 | 3 | 4): (...values: unknown[]) => void;
  /** Milliseconds since 1970-01-01 UTC, by the clock of the host. */
  now(): number;
  readonly environment: Environment;
  readonly bundle: BundleInfo;
}

/** Where the extension runs. */
export interface Environment {
  readonly platform: "macOS" | "iOS" | "tvOS" | "visionOS";
  /** For example `"26.1"`. */
  readonly osVersion: string;
  /** BCP 47, for example `"en-US"`. */
  readonly locale: string;
}

/** A property list as JavaScript sees it (dates as ISO text, data as base64). */
export type PropertyList = { readonly [key: string]: unknown };

/** The two `Info.plist` files: of the extension, and of the app that contains it. */
export interface BundleInfo {
  readonly infoDictionary: PropertyList;
  readonly appInfoDictionary: PropertyList;
}

// A registered symbol, because the bundle may hold this module twice (a handler's library may bring its own).
const slot = Symbol.for("ba-extension.host");

/** Called by the guest before the handler runs. Not part of the public API. */
export function installHost(host: Host): void {
  (globalThis as { [slot]?: Host })[slot] = host;
}

/** The host, or an error that names what was called too early. */
export function currentHost(caller: string): Host {
  const host = (globalThis as { [slot]?: Host })[slot];
  if (!host) {
    throw new BAError("BA_NO_HOST", `${caller} was called outside a downloader extension.`, {
      hint: "Call it inside a callback of the handler; in tests, run the handler in a simulator.",
    });
  }
  return host;
}
