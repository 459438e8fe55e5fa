import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createProject, plainHandler } from "../../test/project.js";
import { createFakeClock, createSimulator, hostAvailable, listFiles } from "./index.js";

it("gives each simulator an empty state of its own, and removes it", async () => {
  await using project = await createProject();
  const simulator = await createSimulator({ project: project.root, host: "worker" });
  expect((await simulator.dispatch({ kind: "install" })).downloads).toHaveLength(3);
  expect(existsSync(join(simulator.container, "Library/Caches/level-1.pak"))).toBe(true);
  expect(existsSync(join(project.root, ".ba/state"))).toBe(false);
  await simulator.dispose();
  expect(existsSync(simulator.container)).toBe(false);

  await using other = await createSimulator({ project: project.root, host: "worker" });
  await expect(other.dispatch({ kind: "periodic" })).rejects.toMatchObject({ code: "BA_APP_NOT_INSTALLED" });
});

it("keeps a state folder that was named", async () => {
  await using project = await createProject();
  const stateDirectory = join(project.root, "kept");
  const simulator = await createSimulator({ project: project.root, host: "worker", stateDirectory });
  await simulator.dispatch({ kind: "install" });
  await simulator.dispose();
  expect(existsSync(join(stateDirectory, "container/Library/Caches/level-1.pak"))).toBe(true);
});

it("serves another folder of assets", async () => {
  await using project = await createProject({ "next/only.pak": "only" });
  await using simulator = await createSimulator({ project: project.root, host: "worker", assets: "next" });
  const report = await simulator.dispatch({ kind: "install" });
  expect(report.downloads.map(({ identifier }) => identifier)).toEqual(["only.pak"]);
  expect(listFiles(simulator)).toEqual(["Library/Caches/only.pak"]);
  expect(listFiles(report)).toEqual(listFiles(simulator));

  const missing = createSimulator({ project: project.root, host: "worker", assets: "nowhere" });
  await expect(missing).rejects.toMatchObject({ code: "BA_ASSETS_NOT_FOUND" });
});

it("lists the app's files only", async () => {
  await using project = await createProject({
    "src/handler.ts": plainHandler.replace(
      "await file.moveTo(download.identifier)",
      'if (download.essential) throw new Error("stays in staging"); await file.moveTo(`é/${download.identifier}`)',
    ),
  });
  await using simulator = await createSimulator({ project: project.root, host: "worker" });
  expect(listFiles(simulator)).toEqual([]);
  await simulator.dispatch({ kind: "install" });
  simulator.settings.set("key", 1);
  expect(listFiles(simulator)).toEqual(["Library/Caches/é/level-1.pak", "Library/Caches/é/level-2.pak"]);
});

describe("time", () => {
  const telling = plainHandler
    .replace("urlDownload }", "urlDownload, clock, log }")
    .replace("for (const", "log.notice(new Date(clock.now()).toISOString().slice(0, 16));\n for (const");

  it("is that of the fake clock, for the system and the handler", async () => {
    await using project = await createProject({ "src/handler.ts": telling });
    const clock = createFakeClock({ now: new Date("2026-03-01T12:00:00Z") });
    await using simulator = await createSimulator({ project: project.root, host: "worker", now: clock.now });
    const install = await simulator.dispatch({ kind: "install" });
    expect(install.logs.map(({ message }) => message)).toEqual(["2026-03-01T12:00"]);

    clock.advance(3_600_000);
    const [check, ...others] = await simulator.advance(24 * 3_600_000);
    expect(check).toMatchObject({ event: "periodic", logs: [{ message: "2026-03-02T12:00" }] });
    expect(others).toEqual([]);
  });
});

it("a system that was killed goes on in another simulator, on the same state", async () => {
  await using project = await createProject();
  const options = { project: project.root, host: "worker", stateDirectory: join(project.root, "kept") } as const;
  const killed = await createSimulator({ ...options, faults: ["kill-system@transferred"] });
  await expect(killed.dispatch({ kind: "install" })).rejects.toMatchObject({ code: "BA_SIMULATED_CRASH" });
  await killed.dispose();

  await using simulator = await createSimulator(options);
  const report = await simulator.resume();
  expect(report).toMatchObject({ ok: true, event: "resume" });
  expect(listFiles(simulator)).toHaveLength(3);
});

it("a fault that there is not is refused before anything starts", async () => {
  await using project = await createProject();
  const simulator = createSimulator({ project: project.root, host: "worker", faults: ["ofline"] });
  await expect(simulator).rejects.toMatchObject({ code: "BA_FAULT_UNKNOWN" });
  expect(existsSync(join(project.root, ".ba/build"))).toBe(false);
});

it("tells which hosts there are, and why one is left out", async () => {
  const said: string[] = [];
  expect(await hostAvailable("worker", (line) => said.push(line))).toBe(true);
  expect(said).toEqual([]);
  await expect(hostAvailable("jsc" as never, (line) => said.push(line))).resolves.toBe(false);
  expect(said[0]).toMatch(/^! SKIPPED: the host jsc is not available\. There is no host "jsc"\./);
  expect(said[1]).toContain("worker");
});
