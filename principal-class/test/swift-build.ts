import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const mirrorFolder = join(root, "principal-class/Mirror");
export const toolchain = join(root, "scripts/linux-toolchain");
/** SwiftPM's own folder, or another one where two builds go on at the same time. */
const scratch = process.env["BA_SWIFT_SCRATCH"] ?? join(root, ".build");

export async function hasSwift(): Promise<boolean> {
  try {
    const { stdout } = await run(toolchain, ["status"]);
    const status: unknown = JSON.parse(stdout);
    return typeof status === "object" && status !== null && "available" in status && status.available === true;
  } catch {
    return false;
  }
}

/** Runs a program of the toolchain; its output is the error's text when it fails. */
async function swift(command: string, args: readonly string[], input?: string): Promise<string> {
  const started = run(toolchain, ["run", "--", command, ...args], { cwd: root, maxBuffer: 2 ** 28 });
  if (input !== undefined) started.child.stdin?.end(input);
  try {
    return (await started).stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
  }
}

export interface Built {
  /** Arguments with which the compiler finds the mirror's modules. */
  readonly searchPaths: readonly string[];
  readonly objects: readonly string[];
  readonly target: string;
  /** Where `swift-symbolgraph-extract` is. */
  readonly tools: string;
}

/** Builds a program of the package at the root. Its absolute path; `toolchain run` runs it. */
export async function buildProduct(name: string): Promise<string> {
  await swiftBuild("--product", name);
  return join(scratch, "debug", name);
}

/** Those of scripts/test-swift: with others SwiftPM would build everything anew. */
const flags = ["-warnings-as-errors", "-Xfrontend", "-disable-cross-import-overlays"];

async function swiftBuild(...what: readonly string[]): Promise<void> {
  const compiler = flags.flatMap((flag) => ["-Xswiftc", flag]);
  await swift("swift", ["build", "--scratch-path", scratch, ...compiler, ...what]);
}

/** Builds the targets of the package at the root, and nothing else of it. */
export async function build(targets: readonly string[]): Promise<Built> {
  for (const target of targets) await swiftBuild("--target", target);
  const bin = join(scratch, "debug");
  const objects: string[] = [];
  const maps: string[] = [];
  // Other targets of the package may have been built too, programs among them.
  for (const module of await readdir(mirrorFolder)) {
    // A system library is not built; its map is a source.
    const map = join(mirrorFolder, module, "module.modulemap");
    if (existsSync(map)) maps.push(map);
    const folder = join(bin, `${module}.build`);
    if (!existsSync(folder)) continue;
    const sources = new Set(
      (await readdir(join(mirrorFolder, module), { recursive: true })).map((name) => basename(name)),
    );
    for (const name of await readdir(folder, { recursive: true })) {
      // SwiftPM keeps the objects of sources that are gone.
      if (name.endsWith(".o") && sources.has(basename(name, ".o"))) objects.push(join(folder, name));
      // The C targets' modules; Swift's own have one for callers in C, one folder down.
      if (name === "module.modulemap") maps.push(join(folder, name));
    }
  }
  const info: unknown = JSON.parse(await swift("swiftc", ["-print-target-info"]));
  const { target, paths } = info as {
    target: { triple: string };
    paths: { runtimeResourcePath: string };
  };
  return {
    searchPaths: ["-I", join(bin, "Modules"), ...maps.flatMap((map) => ["-Xcc", `-fmodule-map-file=${map}`])],
    objects,
    target: target.triple,
    // …/lib/swift → …/bin
    tools: join(paths.runtimeResourcePath, "../../bin"),
  };
}

/**
 * The symbol graphs of a module, those of its extensions of other modules' types included, with symbols of every access
 * level: with "public" the extractor leaves out names that begin with `_` and what documentation is told to hide.
 */
export async function symbolGraphs(built: Built, module: string): Promise<unknown[]> {
  const out = await mkdtemp(join(tmpdir(), "ba-symbols-"));
  try {
    await swift(join(built.tools, "swift-symbolgraph-extract"), [
      ...["-module-name", module, "-target", built.target, "-minimum-access-level", "private", "-output-dir", out],
      "-skip-inherited-docs",
      ...built.searchPaths,
    ]);
    const files = (await readdir(out)).sort();
    return await Promise.all(
      files.map(async (file): Promise<unknown> => JSON.parse(await readFile(join(out, file), "utf8"))),
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** `@Sendable` in the type of every symbol, by the compiler's name: that name is the one place where it stands. */
export async function sendableCounts(built: Built, names: readonly string[]): Promise<Map<string, number>> {
  const swiftNames = names.filter((name) => name.startsWith("s:"));
  const input = swiftNames.map((name) => name.replace(/^s:/u, "$s")).join("\n");
  const lines = (await swift(join(built.tools, "swift-demangle"), ["--compact"], `${input}\n`)).trimEnd().split("\n");
  if (lines.length !== swiftNames.length) throw new Error(`${swiftNames.length} names, ${lines.length} answers`);
  return new Map(swiftNames.map((name, at) => [name, (lines[at] ?? "").split("@Sendable").length - 1]));
}

/** Asks a program that is compiled against the mirror for the raw values at these paths. */
export async function rawValues(built: Built, module: string, paths: readonly string[]): Promise<Map<string, number>> {
  if (paths.length === 0) return new Map();
  const folder = await mkdtemp(join(tmpdir(), "ba-raw-values-"));
  try {
    const source = join(folder, "main.swift");
    const program = join(folder, "main");
    const lines = paths.map((path) => `print(${JSON.stringify(path)}, ${path}.rawValue)`);
    await writeFile(source, [`import ${module}`, ...lines, ""].join("\n"));
    await swift("swiftc", [source, "-target", built.target, ...built.searchPaths, ...built.objects, "-o", program]);
    const output = (await swift(program, [])).trimEnd().split("\n");
    return new Map(
      output.map((line) => {
        const [path = "", value = ""] = line.split(" ");
        return [path, Number(value)];
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
