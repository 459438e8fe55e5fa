import { execFile, spawn } from "node:child_process";
import { open, type FileHandle } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A compiler and what stands before its own arguments, such as `ccache g++`. */
export type Compiler = readonly [file: string, ...args: string[]];

/** `CXX`, else the first of the usual names that runs; `undefined` when none does. */
export async function findCompiler(env: NodeJS.ProcessEnv = process.env): Promise<Compiler | undefined> {
  const wanted = env["CXX"]?.trim();
  const candidates = wanted ? [wanted] : ["c++", "g++", "clang++"];
  for (const candidate of candidates) {
    const [file, ...args] = candidate.split(/\s+/);
    if (file === undefined) continue;
    const works = await run(file, [...args, "--version"], { env }).then(
      () => true,
      () => false,
    );
    if (works) return [file, ...args];
  }
  return undefined;
}

export interface CompileOptions {
  readonly compiler: Compiler;
  readonly files: readonly string[];
  readonly includes: readonly string[];
  /** For headers that are not ours, whose warnings are not ours either. */
  readonly systemIncludes: readonly string[];
  /** An existing folder for the objects and the addon. */
  readonly directory: string;
  /** Gets every command and what the compiler said about it. */
  readonly logPath: string;
  onObject(done: number, total: number): void;
}

// Node says so of itself: asking for a snapshot that the build does not have aborts.
const hasSnapshot =
  (process.config.variables as { readonly node_use_node_snapshot?: unknown }).node_use_node_snapshot === true;

const compileFlags = [
  "-std=c++20",
  "-O2",
  "-fPIC",
  "-fvisibility=hidden",
  // As Node itself is built; deriving from its classes needs the same.
  "-fno-rtti",
  "-fno-exceptions",
  "-pthread",
  "-DNDEBUG",
  `-DBA_NODE_SNAPSHOT=${hasSnapshot ? 1 : 0}`,
  "-DNAPI_VERSION=8",
  "-DNAPI_DISABLE_CPP_EXCEPTIONS",
  "-DNODE_ADDON_API_DISABLE_DEPRECATED",
  "-DBUILDING_NODE_EXTENSION",
];

// Node's own symbols come from the program that loads the addon. Never unloaded: threads of the runtime may outlive the
// environment that loaded it.
const linkFlags =
  process.platform === "darwin"
    ? ["-bundle", "-undefined", "dynamic_lookup"]
    : ["-shared", "-pthread", "-Wl,-z,nodelete"];

/** All that decides what comes out for the same sources. */
export const buildFlags: readonly string[] = [...compileFlags, ...linkFlags];

/** Compiles and links; returns the path of the addon. Throws when a command fails; the log has what it said. */
export async function compileAddon(options: CompileOptions): Promise<string> {
  const log = await open(options.logPath, "a");
  try {
    const objects = options.files.map((file, index) => join(options.directory, `${index}-${basename(file)}.o`));
    const includes = [
      ...options.includes.map((folder) => `-I${folder}`),
      ...options.systemIncludes.flatMap((folder) => ["-isystem", folder]),
    ];
    let done = 0;
    const jobs = options.files.map((file, index) => async (): Promise<void> => {
      await runLogged([...options.compiler, ...compileFlags, ...includes, "-c", file, "-o", objects[index] ?? ""], log);
      done += 1;
      options.onObject(done, options.files.length);
    });
    await runParallel(jobs, availableParallelism());
    const addon = join(options.directory, "ba_runtime.node");
    await runLogged([...options.compiler, ...linkFlags, ...objects, "-o", addon], log);
    return addon;
  } finally {
    await log.close();
  }
}

/** Starts no job after one has failed, but lets those that run come to their end. */
async function runParallel(jobs: readonly (() => Promise<void>)[], limit: number): Promise<void> {
  const queue = [...jobs];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job && failures.length === 0; job = queue.shift()) {
      await job().catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failures.length > 0) throw failures[0];
}

async function runLogged(command: readonly string[], log: FileHandle): Promise<void> {
  const [file = "", ...args] = command;
  await log.appendFile(`$ ${command.join(" ")}\n`);
  const failure = await new Promise<string | undefined>((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", log.fd, log.fd] });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
  if (failure !== undefined)
    throw new Error(`${basename(file)} failed (${failure}) on ${basename(args.at(-3) ?? "")}.`);
}
