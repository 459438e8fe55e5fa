import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/config/package-root.js";
import { ensureAddon } from "../../src/hosts/addon/index.js";
import { requireOrSkip } from "../../test/skip.js";

const scenarios = join(packageRoot(), "embed-runtime/test/fixtures/addon-scenarios.cjs");

describe.skipIf(requireOrSkip(hasCompiler(), "a C++20 compiler", "apt-get install g++"))("the addon", () => {
  let addon: string;
  beforeAll(async () => {
    addon = (await ensureAddon()).path;
  });

  /** Runs a scenario in a Node of its own, as the hosts start it. Rejects when that ends with a signal or another code. */
  async function run(scenario: string): Promise<unknown> {
    const args = ["--jitless", "--max-semi-space-size=1", scenarios, addon, scenario];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 });
    return JSON.parse(stdout);
  }

  test("loads, answers events in order, each after its downloads", async () => {
    expect(await run("events")).toEqual({
      results: [
        [0, '{"callbacks":["downloads"]}'],
        [0, '"early"'],
        [0, "null"],
        [0, '{"ok":true,"value":{"name":"notify"}}'],
      ],
      seen: [
        ["log", 2, "evaluated undefined"],
        ["reply", 0],
        ...[0, 1, 2, 3].map((at) => ["download", `level-${at}`]),
        ["reply", 0],
        ["reply", 0],
      ],
    });
  });

  test("embeds a Node without JIT, with its own heap limit and Node's own modules only", async () => {
    expect(await run("engine")).toEqual({
      wasm: "undefined",
      heapLimit: 32 + 3, // and three semi-spaces of 1 MiB
      import: { code: "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING", error: expect.any(String) as string },
      "node:fs": "object",
      "./x": { code: "ERR_UNKNOWN_BUILTIN_MODULE", error: expect.any(String) as string },
      stack: expect.stringMatching(/at .*guest\.cjs:\d+:\d+/) as string,
    });
  });

  test("reads files as text and as bytes", async () => {
    expect(await run("readers")).toEqual({
      ascii: ["plain", [...Buffer.from("plain")]],
      utf8: ["zwölf 😀", [...Buffer.from("zwölf 😀")]],
      empty: ["", []],
      invalid: [{ code: "BA_FILE_NOT_UTF8", error: expect.stringContaining("is not UTF-8") as string }, [0x61, 0xff]],
      missing: "BA_FILE_UNREADABLE",
      folder: "BA_FILE_UNREADABLE",
    });
  });

  test("a handler that loops for ever: the outer loop goes on, the deadline answers, the engine is dead", async () => {
    const because = "The engine was stopped, because the handler did not answer within 300 ms.";
    expect(await run("deadline")).toEqual({
      results: [
        [6, "The handler did not answer within 300 ms."],
        [5, because],
        [5, because],
      ],
      ticked: true,
    });
  });

  test("whatever ends the engine leaves the process alive", async () => {
    expect(await run("deaths")).toEqual({
      microtasks: [6, "The handler did not answer within 100 ms.", 5],
      exit: [5, "The handler ended the engine with exit code 7.", 5],
      throwLater: [5, "An uncaught error ended the engine: Error: nobody catches this", 5],
      rejectAside: [5, "An uncaught error ended the engine: Error: nobody handles this", 5],
      exhaust: [5, "The handler needed more than 32 MiB of JavaScript heap.", 5],
    });
  });

  test("misuse throws errors with the names of ba_status", async () => {
    expect(await run("misuse")).toEqual({
      noOptions: "BA_ERROR_INVALID_ARGUMENT",
      wrongOptions: "BA_ERROR_INVALID_ARGUMENT",
      dispatchBeforeLoad: "BA_ERROR_WRONG_STATE",
      wrongArgument: "BA_ERROR_INVALID_ARGUMENT",
      wrongDeadline: "BA_ERROR_INVALID_ARGUMENT",
      unknownHostCall: "BA_ERROR_INVALID_ARGUMENT",
      loadTwice: "BA_ERROR_WRONG_STATE",
      pending: 7,
      dispatchAfterStop: "BA_ERROR_WRONG_STATE",
      destroy: null,
      destroyTwice: "BA_ERROR_INVALID_HANDLE",
      dispatchAfterDestroy: "BA_ERROR_INVALID_HANDLE",
    });
  });

  test("destroy while stop waits: both end, and the event has its answer", async () => {
    expect(await run("destroyWithoutStop")).toEqual({ pending: 7, settled: "string" });
  });

  test("refuses a worker thread", async () => {
    expect(await run("inWorker")).toBe("The addon of ba-extension runs on the main thread of Node, not in a worker.");
  });

  test.each([
    ["abandon", "abandoned"],
    ["exhaustAtOnce", 5],
    ["exitInLoop", "exits"],
  ])("a process that stops nothing ends cleanly: %s", async (scenario, printed) => {
    expect(await run(scenario)).toBe(printed);
  });
});

function hasCompiler(): boolean {
  try {
    execFileSync(process.env["CXX"] ?? "c++", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
