import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createProject, plainConfig, type TestProject } from "../../test/project.js";
import { report, type Report } from "../simulator/report.js";

const program = fileURLToPath(new URL("../../bin/ba-extension.cjs", import.meta.url));
const files = {
  "essential/core.pak": "core".repeat(1000),
  "level-1.pak": "level one ".repeat(5000),
  "level-2.pak": "level two ".repeat(7000),
};

let project: TestProject;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** The built program, in a process of its own. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [program, "simulate", ...args, "--host", "worker"], {
    cwd: project.root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  const ended = output.then(([[code, signal], stdout, stderr]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

/** Every file is at its place, whole. */
async function expectAllFiles(): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(project.root, ".ba/state/container/Library/Caches", path);
    expect(await readFile(file, "utf8"), path).toBe(content);
  }
}

const finished = ({ downloads }: Report): string[] =>
  downloads.map(({ identifier, status }) => `${identifier} ${status}`);

it.each([
  ["manifest", ["essential/core.pak finished", "level-1.pak finished", "level-2.pak finished"]],
  ["scheduled", ["essential/core.pak finished", "level-1.pak finished", "level-2.pak finished"]],
  ["transferred", ["essential/core.pak finished", "level-1.pak finished", "level-2.pak finished"]],
])("a system that is killed at the step %s goes on with resume, in another process", async (step, left) => {
  const killed = await start("install", "--fault", `kill-system@${step}`, "--json").ended;
  expect(killed).toMatchObject({ code: null, signal: "SIGKILL", stdout: "" });
  const resumed = await start("resume", "--json").ended;
  expect(resumed.code, resumed.stdout).toBe(0);
  expect(finished(report.parse(JSON.parse(resumed.stdout)))).toEqual(left);
  await expectAllFiles();
});

it("a killed system says what to do, and the next event goes on as well", async () => {
  const killed = await start("install", "--fault", "kill-system=2@transferred", "--state", ".ba/state").ended;
  expect(killed).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(killed.stderr).toMatch(
    /^! The simulated system is killed, .+: ba-extension simulate resume --state \.ba\/state --host worker$/m,
  );
  const next = await start("periodic", "--json").ended;
  expect(next.code, next.stdout).toBe(0);
  const { event, downloads } = report.parse(JSON.parse(next.stdout));
  expect(event).toBe("periodic");
  expect(downloads.map(({ identifier }) => identifier)).toEqual(expect.arrayContaining(["level-1.pak", "level-2.pak"]));
  await expectAllFiles();
});

it("Ctrl-C ends a run with 130 and keeps its state; resume goes on from there", async () => {
  // Slow enough to be interrupted by whoever reads what it says, on any machine.
  const slow = "simulate: { server: { bytesPerSecond: 2000 } },\n infoPlist:";
  await project.write("ba.config.ts", plainConfig.replace("infoPlist:", slow));
  const { child, ended } = start("install");
  let said = "";
  child.stderr.on("data", function listen(chunk: Buffer) {
    said += chunk.toString();
    if (!said.includes("✓ downloads")) return;
    child.stderr.off("data", listen);
    child.kill("SIGINT");
  });
  const interrupted = await ended;
  expect(interrupted).toMatchObject({ code: 130, stdout: "" });
  expect(interrupted.stderr).toMatch(/^! Interrupted\. To go on: ba-extension simulate resume --host worker$/m);
  await project.write("ba.config.ts", plainConfig);
  const resumed = await start("resume").ended;
  expect(resumed.code, resumed.stderr).toBe(0);
  // One that was whole already is delivered all the same.
  expect(resumed.stdout).toMatch(/✓ resume: [123] finished/);
  await expectAllFiles();
});
