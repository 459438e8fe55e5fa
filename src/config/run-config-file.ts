import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildResult } from "esbuild";
import { UserError, createFrameMapper, isBuildFailure, problemOf, type SourceLocation } from "../diagnostics/index.js";
import { ownModules } from "./own-modules.js";

/** What a config file exports by default, and the files it came from. */
export interface ConfigExport {
  readonly exported: unknown;
  /** Absolute paths. */
  readonly inputs: readonly string[];
}

/**
 * Runs a config file in this process: bundled into one module with its own files, packages left to Node. The module
 * stands in the project while it is imported, because that is where its packages are looked for.
 */
export async function runConfigFile(file: string, root: string): Promise<ConfigExport> {
  const path = join(root, ".ba", "config", `${basename(file)}.${randomUUID()}.mjs`);
  const result = await bundle(file, root, path);
  const [map, code] = [".map", ".mjs"].map(
    (end) => result.outputFiles.find((output) => output.path.endsWith(end))?.text ?? "",
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code ?? "");
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    const exported: unknown = typeof module.default === "function" ? await module.default() : module.default;
    if (exported === undefined) {
      throw new UserError("BA_CONFIG_INVALID", `${basename(file)} has no default export.`, {
        hint: "Write `export default defineConfig({ … })`.",
        location: { file, line: 1, column: 1 },
      });
    }
    return { exported, inputs: Object.keys(result.metafile.inputs).map((input) => resolve(root, input)) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw configFailed(error, file, { path, readMap: () => map ?? "" });
  } finally {
    await rm(path, { force: true });
  }
}

type Bundle = BuildResult<{ write: false; metafile: true }>;

async function bundle(file: string, root: string, outfile: string): Promise<Bundle> {
  try {
    return await build({
      entryPoints: [file],
      outfile,
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: "external",
      platform: "node",
      format: "esm",
      target: `node${process.versions.node}`,
      packages: "external",
      plugins: [ownModules],
      // The module runs elsewhere than it was written.
      define: {
        "import.meta.url": JSON.stringify(pathToFileURL(file).href),
        "import.meta.filename": JSON.stringify(file),
        "import.meta.dirname": JSON.stringify(root),
      },
      logLevel: "silent",
    });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new UserError("BA_CONFIG_FAILED", `${relative(root, file)} does not compile.`, {
      problems: error.errors.map((message) => problemOf(message, root)),
    });
  }
}

/** An exception of the config file, at the place in the user's files where it was thrown. */
function configFailed(error: unknown, file: string, generated: Parameters<typeof createFrameMapper>[0]): UserError {
  const map = createFrameMapper(generated);
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").map(map) : [];
  const frame = frames.find((candidate) => candidate !== undefined && !candidate.internal);
  const location: SourceLocation = frame
    ? { file: frame.file, line: frame.line, column: frame.column }
    : { file, line: 1, column: 1 };
  const message = error instanceof Error ? error.message : String(error);
  return new UserError("BA_CONFIG_FAILED", `${basename(file)} threw: ${message.replaceAll(generated.path, file)}`, {
    location,
    cause: error,
  });
}
