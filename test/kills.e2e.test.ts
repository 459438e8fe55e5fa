/**
 * Kills at seeded moments, over the examples: the extension, the simulated system, or the whole process by SIGKILL. What
 * is left goes on, and must come to exactly what an undisturbed run comes to. `BA_KILLS` sets how many seeds are played.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, type HostName } from "../src/simulator/index.js";
import { filesOf } from "./going-on.js";
import { missingHost } from "./missing-host.js";

const seeds = Number(process.env["BA_KILLS"] ?? 12);
const root = join(import.meta.dirname, "..");
const examples = ["essential-first", "by-locale", "many-files", "shared-state"];

let folder: string;
/** What each example's container holds after an undisturbed install. */
const whole = new Map<string, Record<string, string>>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ba-kills-"));
  for (const example of examples) {
    const skip = new Set([".ba", "node_modules"]);
    await cp(join(root, "examples", example), join(folder, example), {
      recursive: true,
      filter: (path) => !skip.has(basename(path)),
    });
    await withState(async (state) => {
      await play("worker", example, state, []);
      whole.set(example, await placed(state));
    });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// In the worker the principal class outlives the extension; in the Swift host it dies with it.
const hosts = [
  { host: "worker", count: seeds, missing: false },
  { host: "swift", count: Math.ceil(seeds / 2), missing: await missingHost("swift") },
] as const;

describe.each(hosts)("after a kill everything is whole and once at its place (rule goes-on)", (tested) => {
  const { host, count, missing } = tested;
  it.skipIf(missing).each(Array.from({ length: count }, (_, seed) => seed))(`${host}, seed %i`, async (seed) => {
    const random = mulberry32(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const example = pick(examples);
    await withState(async (state) => {
      const finished: string[] = [];
      const kills = 1 + Math.floor(random() * 3);
      for (let kill = 0; kill < kills; kill += 1) {
        if (random() < 0.2) await killCommand(host, example, state, 1 + Math.floor(random() * 12));
        else await play(host, example, state, [pick(killFaults(1 + Math.floor(random() * 3)))], finished);
      }
      // A file that was kept is offered at the wakes that follow.
      for (let wake = 0; wake < 3; wake += 1) await play(host, example, state, [], finished);
      expect(finished).toEqual([...new Set(finished)]); // none came twice
      expect(Object.keys(whole.get(example) ?? {}).length).toBeGreaterThan(0);
      expect(await placed(state), example).toEqual(whole.get(example));
      expect(await readdir(join(state, "system"))).toEqual([]);
    });
  });
});

const killFaults = (nth: number): string[] => [
  ...["downloads", "downloadFinished", "moveTo"].map((step) => `kill-extension=${nth}@${step}`),
  ...["manifest", "request", "scheduled", "transfer", "transferred", "delivered"].map(
    (step) => `kill-system=${nth}@${step}`,
  ),
];

async function withState(use: (state: string) => Promise<void>): Promise<void> {
  const state = await mkdtemp(join(tmpdir(), "ba-kills-"));
  await use(state).finally(() => rm(state, { recursive: true, force: true }));
}

/** Installs, or updates what is installed, until the end or the fault. `finished`: identifiers of what has come. */
async function play(
  host: HostName,
  example: string,
  stateDirectory: string,
  faults: readonly string[],
  finished: string[] = [],
): Promise<void> {
  await using simulator = await createSimulator({
    project: join(folder, example),
    host,
    stateDirectory,
    faults,
    onProgress: (progress) => {
      if (progress.kind === "finished") finished.push(progress.identifier);
    },
  });
  try {
    await simulator.dispatch({ kind: "update" }).catch((error: { code?: string }) => {
      if (error.code !== "BA_APP_NOT_INSTALLED") throw error;
      return simulator.dispatch({ kind: "install" });
    });
  } catch (error) {
    if ((error as { code?: string }).code !== "BA_SIMULATED_CRASH") throw error;
  }
}

/** Runs the command as a user would and kills it, with SIGKILL, when it has said so many lines. */
async function killCommand(host: HostName, example: string, state: string, lines: number): Promise<void> {
  const kind = (await readdir(state)).includes("state.json") ? "update" : "install";
  const child = spawn(
    process.execPath,
    [join(root, "bin/ba-extension.cjs"), "simulate", kind, "--host", host, "--state", state],
    { cwd: join(folder, example), stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = once(child, "exit");
  let said = 0;
  for await (const chunk of child.stderr) {
    said += String(chunk).split("\n").length - 1;
    if (said >= lines) child.kill("SIGKILL");
  }
  await ended;
}

/** What the app finds: everything in the container but the principal class's own folder and the shared defaults. */
const placed = (state: string): Promise<Record<string, string>> =>
  filesOf(join(state, "container"), (path) => /^Library\/(Caches\/ba-extension|Preferences)\//.test(path));

/** A small generator of numbers from 0 to 1 that a seed repeats. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
