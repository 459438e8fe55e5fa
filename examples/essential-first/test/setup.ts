import { join } from "node:path";
import { hostAvailable, matchers, type ExtensionMatchers, type HostName } from "ba-extension/testing";
import { expect } from "vitest";

declare module "vitest" {
  interface Matchers<T> extends ExtensionMatchers {}
}

expect.extend(matchers);

/** Wherever the tests are started. */
export const project = join(import.meta.dirname, "..");

const all: readonly HostName[] = ["worker", "embedded", "libnode", "swift"];

/** The same bundle runs in each of them. What this machine cannot run is left out, and says so. */
export const hosts = await Promise.all(all.map(async (host) => ({ host, missing: !(await hostAvailable(host)) })));
