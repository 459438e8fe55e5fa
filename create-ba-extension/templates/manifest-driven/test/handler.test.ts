import { createSimulator, hostAvailable, type HostName } from "ba-extension/testing";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

// Both run the same bundle: worker at once and anywhere, embedded as an app does, through the C++ runtime.
const hosts: { host: HostName; available: boolean }[] = [
  { host: "worker", available: true },
  { host: "embedded", available: await hostAvailable("embedded") },
];

// Essential files first, each group in the manifest's order.
const assets = readdirSync("assets", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
  .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").replace("assets/", ""))
  .sort();
const isEssential = (path: string): boolean => path.startsWith("essential/");
const expected = [...assets.filter(isEssential), ...assets.filter((path) => !isEssential(path))];

describe.each(hosts)("in the host $host", ({ host, available }) => {
  it.skipIf(!available)("an install downloads everything, essential files first", async () => {
    await using simulator = await createSimulator({ host });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report.diagnostics).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.downloads.map(({ identifier, status, path }) => ({ identifier, status, path }))).toEqual(
      expected.map((path) => ({ identifier: path, status: "finished", path: `Library/Caches/assets/${path}` })),
    );
  });

  it.skipIf(!available)("a download that fails is asked for at the next check", async () => {
    await using simulator = await createSimulator({ host, faults: ["404*1@levels/level-1.json"] });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report.downloads.filter(({ status }) => status === "failed")).toMatchObject([
      { identifier: "levels/level-1.json", error: { name: "badServerResponse" } },
    ]);
    const check = await simulator.dispatch({ kind: "periodic" });
    expect(check.ok).toBe(true);
    expect(check.downloads).toMatchObject([{ identifier: "levels/level-1.json", status: "finished" }]);
  });

  it.skipIf(!available)("a periodic check downloads nothing when everything is there", async () => {
    await using simulator = await createSimulator({ host });
    await simulator.dispatch({ kind: "install" });
    const report = await simulator.dispatch({ kind: "periodic" });
    expect(report.ok).toBe(true);
    expect(report.downloads).toEqual([]);
  });
});
