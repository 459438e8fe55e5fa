import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProject, plainHandler, type TestProject } from "../../test/project.js";
import { faultTable } from "../simulator/faults/index.js";
import { report } from "../simulator/report.js";
import { runCommandLine } from "./command-line.fixture.js";

let project: TestProject;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const simulate = (...args: string[]) => runCommandLine(["simulate", ...args], { cwd: project.root });

describe("--fault help", () => {
  it.each([[["--fault", "help"]], [["install", "--fault", "cut", "--fault", "help"]]])(
    "%j prints every fault on stdout and does nothing else",
    async (args) => {
      const { code, stdout, stderr } = await simulate(...args);
      expect([code, stderr]).toEqual([0, ""]);
      for (const [name, { effect, example }] of Object.entries(faultTable)) {
        expect(stdout).toMatch(new RegExp(`^${name} +${effect}$`, "m"));
        expect(stdout).toContain(`  --fault ${example.includes("*") ? `'${example}'` : example}\n`);
      }
      expect(existsSync(join(project.root, ".ba"))).toBe(false);
    },
  );

  it("prints one JSON document with --json", async () => {
    const { code, stdout, stderr } = await simulate("--fault", "help", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const { faults } = JSON.parse(stdout) as { faults: { name: string; effect: string }[] };
    expect(faults.map(({ name }) => name)).toEqual(Object.keys(faultTable));
    expect(faults.find(({ name }) => name === "cut")).toEqual({ name: "cut", ...faultTable.cut });
  });
});

describe("a fault that there is not", () => {
  it.each([
    ["ofline", 'Did you mean "offline"?'],
    ["kill-systm@request", 'Did you mean "kill-system@request"?'],
    ["kill-extension@movTo", 'Did you mean "kill-extension@moveTo"?'],
    ["earthquake", Object.keys(faultTable).join(", ")],
    ["cut=half", "0 to 99"],
    ["cut*0", "1 or more"],
    ["", "one of"],
  ])("%j ends with 2 before anything is built", async (fault, words) => {
    const { code, stdout, stderr } = await simulate("install", "--fault", "slow", "--fault", fault);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(existsSync(join(project.root, ".ba"))).toBe(false);
  });

  it("is one JSON document with --json", async () => {
    const { code, stdout, stderr } = await simulate("install", "--json", "--fault", "ofline");
    expect([code, stderr]).toEqual([2, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "BA_FAULT_UNKNOWN",
        message: expect.stringContaining("offline"),
        hint: expect.stringContaining("offline"),
        location: null,
      },
    });
  });
});

describe("faults", () => {
  it("combine; progress and report tell of each", async () => {
    const faults = ["--fault", "cut=50%@level-1.pak", "--fault", "503=30@level-2.pak", "--fault", "404@nowhere"];
    const { code, stdout, stderr } = await simulate("install", "--host", "worker", ...faults);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^! level-1\.pak {2}.+; tries again 1\.0 s later on the device$/m);
    expect(stderr).toMatch(/^! level-2\.pak {2}.+; tries again 30\.0 s later on the device$/m);
    expect(stdout).toMatch(
      /✓ level-1\.pak +50\.0 kB +Library\/Caches\/level-1\.pak \(2 attempts, 25\.0 kB not loaded again\)$/m,
    );
    expect(stdout).toMatch(/✓ level-2\.pak +70\.0 kB +Library\/Caches\/level-2\.pak \(2 attempts\)$/m);
    expect(stdout).toMatch(/Faults +cut=50%@level-1\.pak\n +503=30@level-2\.pak\n/);
    expect(stderr).toContain("404@nowhere has not come to pass");
  });

  it("may leave a download waiting for the network: exit code 1, and resume goes on", async () => {
    const offline = await simulate("install", "--host", "worker", "--fault", "offline@level-1.pak");
    expect(offline.code).toBe(1);
    expect(offline.stderr).toMatch(/^! level-1\.pak {2}waits for the network: /m);
    expect(offline.stdout).toMatch(/… level-1\.pak +0 B +waiting for the network: .+ \(5 attempts\)$/m);
    expect(offline.stdout).toContain("✘ install: 2 finished, 1 waiting");
    const resumed = await simulate("resume", "--host", "worker");
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stdout).toMatch(/Asked +what was left, of com\.example\.game\.downloader/);
    expect(resumed.stdout).toContain("✓ resume: 1 finished");
  });

  it("end the run with an error where the process cannot be killed", async () => {
    const { code, stdout } = await simulate("install", "--host", "worker", "--fault", "kill-system@request", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "BA_SIMULATED_CRASH" } });
  });

  it("kill the extension between two of its calls: the file is offered again", async () => {
    const { stdout } = await simulate(
      "install",
      "--host",
      "worker",
      "--fault",
      "kill-extension@downloadFinished",
      "--json",
    );
    const { faults, handler, downloads } = report.parse(JSON.parse(stdout));
    expect(faults).toEqual([{ fault: "kill-extension@downloadFinished", at: "downloadFinished" }]);
    expect(handler.calls.map(({ outcome }) => outcome)).toContain("engine");
    expect(downloads.map(({ identifier }) => identifier).sort()).toEqual(
      expect.arrayContaining(["essential/core.pak", "level-1.pak", "level-2.pak"]),
    );
  });
});

describe("resume", () => {
  it("has nothing to do after a run that came to its end", async () => {
    expect((await simulate("install", "--host", "worker")).code).toBe(0);
    const { code, stdout, stderr } = await simulate("resume", "--host", "worker");
    expect(code).toBe(0);
    expect(stderr).toContain("Nothing was interrupted and nothing is scheduled.");
    expect(stdout).toContain("✓ resume: nothing was left to do");
  });

  it.each([
    [["resume", "--fresh"], "--fresh"],
    [["resume", "--locale", "de"], "--locale goes with language-change only"],
    [["resume", "--event", "e.json"], "one of them"],
    [["install", "--raw-value", "9"], "--raw-value goes with unknown only"],
    [["unknown", "--raw-value", "many"], "It is a whole number."],
    [["unknown", "--raw-value", "1.5"], "It is a whole number."],
    [["unknown", "--raw-value", "3"], "ba-extension simulate periodic"],
  ])("%j is no command", async (args, words) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
  });
});

describe("unknown", () => {
  it("is a content request of a number that nobody knows yet", async () => {
    await project.write(
      "src/handler.ts",
      plainHandler
        .replace("urlDownload }", "urlDownload, log }")
        .replace("essentialAllowed })", "essentialAllowed, contentRequest, contentRequestRawValue })")
        .replace("for (const", "log.notice(`${contentRequest} ${contentRequestRawValue}`);\n for (const"),
    );
    await simulate("install", "--host", "worker");
    for (const [args, told] of [
      [["unknown"], "unknown 99"],
      [["unknown", "--raw-value", "7"], "unknown 7"],
      [["unknown", "--raw-value", "0"], "unknown 0"],
    ] as const) {
      const { stdout } = await simulate(...args, "--host", "worker", "--json");
      const { event, logs } = report.parse(JSON.parse(stdout));
      expect([event, logs[0]?.message]).toEqual(["unknown", told]);
    }
  });
});
