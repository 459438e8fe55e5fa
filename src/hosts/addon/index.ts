/**
 * The C++ runtime as an addon of the running Node: prebuilt, from the cache, or built here on first use.
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../config/package-root.js";
import { failBuild } from "./build-error.js";
import { buildAddon } from "./build.js";
import { cacheDirectory } from "./cache-directory.js";
import { findPrebuilt } from "./prebuilt.js";
import { readSources } from "./sources.js";

export { AddonBuildError } from "./build-error.js";
export { shortVersion } from "./build.js";

export interface Addon {
  /** Absolute path of `ba_runtime.node`. */
  readonly path: string;
  readonly origin: "prebuilt" | "built";
}

let found: Promise<Addon> | undefined;

/** Finds or builds the addon of this package, once in a process. Throws `AddonBuildError`. */
export function ensureAddon(report: (line: string) => void = () => {}): Promise<Addon> {
  found ??= findOrBuildAddon({ root: packageRoot(), cache: cacheDirectory(), report }).catch((error: unknown) => {
    found = undefined; // the user may put it right and try again
    throw error;
  });
  return found;
}

export interface AddonOptions {
  /** Absolute path of the package: sources and installed platform packages are looked up from there. */
  readonly root: string;
  /** Absolute path of the cache. */
  readonly cache: string;
  /** One line for people, about what goes on. */
  report(line: string): void;
}

/** Finds or builds an addon. Throws `AddonBuildError`. */
export async function findOrBuildAddon({ root, cache, report }: AddonOptions): Promise<Addon> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  const prebuilt = await findPrebuilt(root, version);
  if (prebuilt !== undefined) return { path: prebuilt, origin: "prebuilt" };
  const sources = await readSources(root).catch((error: unknown) =>
    failBuild("The runtime's sources cannot be read: ", error, join(cache, "logs", `build-${version}.log`)),
  );
  const key = `${version}-${sources.hash}-node-v${process.versions.modules}-${process.platform}-${process.arch}`;
  const path = join(cache, "runtime", key, "ba_runtime.node");
  if (!existsSync(path)) {
    const logPath = join(cache, "logs", `build-${key}.log`);
    await buildAddon({ sources, target: path, headerCache: join(cache, "headers"), logPath, report });
  }
  return { path, origin: "built" };
}
