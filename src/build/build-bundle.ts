import { randomUUID } from "node:crypto";
import { mkdir, realpath, rename, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { build, type BuildResult, type Message } from "esbuild";
import { entryFile, extensionConfiguration, ownModules, type LoadedConfig } from "../config/index.js";
import { UserError, isBuildFailure, problemOf, toDiagnostic, type Problem } from "../diagnostics/index.js";
import type { Diagnostic } from "../protocol/system.js";
import { checkCallbacks } from "./check-callbacks.js";
import { nodeModules } from "./node-modules.js";
import { startModule, withPortableSources } from "./portable-sources.js";

/** A handler together with the guest, in one file that every host of its engine can run. */
export interface Bundle {
  /** Absolute path of the CommonJS file; it exports `start` (`guest/native.ts`). */
  readonly path: string;
  /** Absolute path of its source map, which the file itself does not mention. */
  readonly mapPath: string;
  /**
   * Absolute path of `ba-extension.json`, an `extensionConfiguration`: with the bundle, what an extension's resources hold.
   */
  readonly configurationPath: string;
  readonly bytes: number;
  readonly engine: "node";
  /** Absolute path of the handler. */
  readonly entry: string;
  /** Absolute paths of the files that went in: what to watch. */
  readonly inputs: readonly string[];
  /** What the build finds odd, yet runs. */
  readonly warnings: readonly Diagnostic[];
}

export interface BuildOptions {
  /** Absolute path. Defaults to `.ba/build/<engine>` in the project. */
  readonly outDirectory?: string | undefined;
  /** Defaults to `"node"`. */
  readonly engine?: "node" | undefined;
}

/**
 * Bundles the handler of a project. Throws a `UserError` with every message of the build and the place of each:
 * `BA_BUILD_FAILED`, `BA_HANDLER_NO_DEFAULT_EXPORT`, or `BA_HANDLER_UNKNOWN_KEY`.
 */
export async function buildBundle(loaded: LoadedConfig, options: BuildOptions = {}): Promise<Bundle> {
  const { engine = "node" } = options;
  const outDirectory = await realFolder(options.outDirectory ?? join(loaded.root, ".ba", "build", engine));
  const entry = entryFile(loaded);
  const path = join(outDirectory, "handler.cjs");
  const mapPath = `${path}.map`;
  const configurationPath = join(outDirectory, "ba-extension.json");
  const result = await runBuild(entry, loaded.root, path);
  const configuration = extensionConfiguration(loaded.config);
  await checkCallbacks(entry, configuration.mode);
  const [map, code] = [mapPath, path].map(
    (file) => result.outputFiles.find((output) => output.path === file)?.text ?? "",
  );
  await writeAtomically(configurationPath, `${JSON.stringify(configuration, null, 2)}\n`);
  // The map first: a bundle in place is never without one.
  await writeAtomically(mapPath, withPortableSources(map ?? "", outDirectory));
  await writeAtomically(path, code ?? "");
  return {
    path,
    mapPath,
    configurationPath,
    bytes: Buffer.byteLength(code ?? ""),
    engine,
    entry,
    inputs: Object.keys(result.metafile.inputs)
      .filter((input) => input !== startModule)
      .map((input) => resolve(loaded.root, input)),
    warnings: result.warnings.map((message) => ({
      ...toDiagnostic(problemOf(message, loaded.root), "BA_BUILD_WARNING"),
      severity: "warning",
    })),
  };
}

type Result = BuildResult<{ write: false; metafile: true }>;

async function runBuild(entry: string, root: string, outfile: string): Promise<Result> {
  try {
    const result = await build({
      stdin: {
        contents: `import handler from ${JSON.stringify(entry)};
          import { createStart } from "ba-extension/guest";
          exports.start = createStart(handler);`,
        sourcefile: startModule,
        resolveDir: root,
      },
      outfile,
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: "external",
      sourcesContent: false,
      // Neutral, not node: nothing of Node's is assumed for packages that have a form for every engine.
      platform: "neutral",
      mainFields: ["module", "main"],
      format: "cjs",
      target: "es2022",
      // Engines refuse `import()` in a bundle; of what is left, Node's own modules, it becomes `require`.
      supported: { "dynamic-import": false },
      minify: true,
      charset: "ascii",
      legalComments: "none",
      plugins: [ownModules, nodeModules],
      // esbuild drops the strictness that a module has.
      banner: { js: '"use strict";' },
      logLevel: "silent",
    });
    if (hasNoExports(result, entry, root)) throw noDefaultExport(entry, root);
    return result;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    if (error.errors.some(isMissingDefault)) throw noDefaultExport(entry, root, error);
    const problems = error.errors.map((message) => withWayOut(message, root));
    throw new UserError("BA_BUILD_FAILED", problems.map(({ message }) => message).join("\n"), {
      problems,
      hint: problems[0]?.hint,
      cause: error,
    });
  }
}

/** The default import stands in our module, which no user has seen; the message is told about the handler instead. */
function isMissingDefault({ location, text }: Message): boolean {
  return location?.file === startModule && /for import "default"/.test(text);
}

/** A file without `import` and `export` is a script to esbuild: importing from it is no error, and gives nothing. */
function hasNoExports({ metafile }: Result, entry: string, root: string): boolean {
  const input = metafile.inputs[relative(root, entry).replaceAll("\\", "/")];
  return input !== undefined && input.format === undefined;
}

function noDefaultExport(entry: string, root: string, cause?: unknown): UserError {
  return new UserError("BA_HANDLER_NO_DEFAULT_EXPORT", `The handler ${relative(root, entry)} has no default export.`, {
    hint: "Write `export default defineDownloaderExtension({ … })`.",
    location: { file: entry, line: 1, column: 1 },
    cause,
  });
}

function withWayOut(message: Message, root: string): Problem {
  const problem = problemOf(message, root);
  const [, specifier] = /^Could not resolve "([^"./][^"]*)"/.exec(message.text) ?? [];
  return specifier === undefined
    ? problem
    : { ...problem, hint: `Install it (npm install ${packageName(specifier)}), or correct the import.` };
}

/** `@scope/name` of `@scope/name/file`. */
const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Makes a folder, and gives its path without symbolic links: engines write real paths into stacks. */
async function realFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return realpath(path);
}

async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
