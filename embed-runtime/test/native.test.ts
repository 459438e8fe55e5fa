import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/config/package-root.js";
import { buildWithLibnode, skipWithoutLibnode, toolchain } from "./libnode-build.js";

const run = promisify(execFile);
const guest = join(packageRoot(), "embed-runtime/test/fixtures/guest.cjs");

describe.skipIf(skipWithoutLibnode())("the runtime, linked to libnode", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await buildWithLibnode();
  });

  test("keeps every promise of ba_runtime.h to a program in C99", async () => {
    const directory = await mkdtemp(join(tmpdir(), "ba-abi-"));
    const fifo = join(directory, "nobody-writes");
    await run("mkfifo", [fifo]);
    const { stdout, stderr } = await run(toolchain, ["run", "--", join(folder, "abi_test"), guest, fifo]);
    await rm(directory, { recursive: true });
    const phases = stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "));
    expect(phases).toEqual([
      "versions",
      "arguments",
      "handles",
      "wrong orders",
      "events",
      "downloads",
      "host calls",
      "full queue",
      "deaths",
      "failed loads",
      "inside callbacks",
      "several runtimes",
      "slow downloads",
      "many threads",
      "out of memory",
      "stuck thread",
      "all phases passed",
    ]);
    // Neither the library nor Node prints anything; V8 does in one case, when it runs out of memory.
    expect(stderr.replace(/<--- Last few GCs --->\s+(\[\d+:.*\s+)+/, "").trim()).toBe("");
  });

  test("parts without an engine", async () => {
    const { stdout } = await run(toolchain, ["run", "--", join(folder, "core_test")]);
    expect(stdout).toBe("all checks passed\n");
  });

  test("the library exports the functions of the header and nothing else", async () => {
    const { stdout } = await run(toolchain, [
      "run",
      "--",
      "nm",
      "-D",
      "--defined-only",
      join(folder, "libba_runtime.so"),
    ]);
    const names = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ").at(-1));
    expect(names).toEqual([
      "ba_abi_version",
      "ba_engine_name",
      "ba_engine_version",
      "ba_last_error",
      "ba_runtime_answer_host_call",
      "ba_runtime_create",
      "ba_runtime_destroy",
      "ba_runtime_dispatch",
      "ba_runtime_load",
      "ba_runtime_stop",
    ]);
  });
});
