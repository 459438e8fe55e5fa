import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { failBuild } from "./build-error.js";
import { compileAddon, findCompiler } from "./compiler.js";
import { defaultPrefixes, defaultReleases, findHeaders } from "./headers.js";
import { withLock } from "./lock.js";
import { selfTest } from "./self-test.js";
import type { AddonSources } from "./sources.js";

export interface BuildOptions {
  readonly sources: AddonSources;
  /** Absolute path of the addon to make. */
  readonly target: string;
  /** Absolute path of the cache for headers that have to be fetched. */
  readonly headerCache: string;
  /** Absolute path; the log stays when the build fails. */
  readonly logPath: string;
  /** One line for people, about what goes on. */
  report(line: string): void;
}

/**
 * Builds the addon for the running Node into `target`, unless another process has done so while this one waited.
 * Throws `AddonBuildError`.
 */
export async function buildAddon(options: BuildOptions): Promise<void> {
  const { target, report } = options;
  const folder = dirname(target);
  const lock = `${folder}.lock`;
  await withLock(
    lock,
    async () => {
      if (existsSync(target)) return;
      const built = await buildIn(lock, options);
      // Whole or not at all: the folder appears with the tested addon in it.
      const ready = join(lock, "ready");
      await mkdir(ready);
      await rename(built, join(ready, "ba_runtime.node"));
      await rename(ready, folder);
    },
    { onWait: () => report("Waiting for another process that builds the embedded runtime…") },
  );
}

async function buildIn(directory: string, { sources, headerCache, logPath, report }: BuildOptions): Promise<string> {
  await mkdir(dirname(logPath), { recursive: true });
  await writeFile(
    logPath,
    `Node ${process.version}, ${process.platform}-${process.arch}, ${new Date().toISOString()}\n`,
  );
  try {
    const compiler = await findCompiler();
    if (!compiler) throw new Error(noCompiler());
    const headers = await findHeaders({
      cache: headerCache,
      releases: defaultReleases(),
      prefixes: await defaultPrefixes(),
      report,
    });
    const progress = (done: number, total: number): void =>
      report(`Building the embedded runtime for Node ${shortVersion()} (first use only)… ${done}/${total}`);
    progress(0, sources.files.length);
    const addon = await compileAddon({
      compiler,
      files: sources.files,
      includes: sources.includes,
      systemIncludes: [headers, sources.nodeAddonApi],
      directory,
      logPath,
      onObject: progress,
    });
    await selfTest(addon, directory);
    await rm(logPath);
    return addon;
  } catch (cause) {
    return failBuild("", cause, logPath);
  }
}

/** `v20.20`: the patch does not matter to people. */
export function shortVersion(): string {
  return process.version.split(".").slice(0, 2).join(".");
}

function noCompiler(): string {
  const wanted = process.env["CXX"]?.trim();
  if (wanted) return `The C++ compiler that CXX names does not run: ${wanted}.`;
  return "No C++ compiler is installed: none of c++, g++, clang++ runs.";
}
