/** A wake that is killed before any of its file operations: the next one finds every file, once. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { claimingWake } from "./testing/claiming-wake.js";
import { testKills, writtenFile, writtenSettings } from "./testing/kills.js";

let folder = "";
let program = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ba-kill-child-"));
  program = join(folder, "child.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "testing/kill-child.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

testKills({
  playUntil: (killAt, wake) =>
    spawnSync(process.execPath, [program, String(killAt), JSON.stringify(wake)], { encoding: "utf8" }),
  nextWakes: [claimingWake],
  writes: [writtenFile, writtenSettings],
});
