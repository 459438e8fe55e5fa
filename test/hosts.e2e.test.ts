import { describe, expect, it } from "vitest";
import type { HostName } from "../src/hosts/index.js";
import { createSimulator, type Report } from "../src/simulator/index.js";
import { missingHost } from "./missing-host.js";
import { createProject, plainConfig, plainHandler } from "./project.js";

const hosts = ["worker", "embedded", "libnode", "swift"] as const;
const missing = new Map<HostName, boolean>();
for (const host of hosts) missing.set(host, await missingHost(host));

/** Streams with pauses, uses every kind of answer, and fails one download: what could differ between hosts. */
const handler = plainHandler
  .replace("urlDownload }", "urlDownload, log, notify, storage }")
  .replace("yield", "await new Promise((resolve) => setTimeout(resolve, 1));\n log.info(asset.path);\n yield")
  .replace("fileSize: asset.size", 'fileSize: asset.path === "level-2.pak" ? 1 : asset.size')
  .replace(
    "async downloadFinished",
    'async downloadFailed(download) { await storage.write("failed.txt", download.identifier); await notify("com.example.failed"); },\n  async downloadFinished',
  );

async function play(host: HostName): Promise<Report> {
  await using project = await createProject({ "src/handler.ts": handler });
  await using simulator = await createSimulator({ project: project.root, host });
  return await simulator.dispatch({ kind: "install" });
}

describe.each(hosts)("the host %s", (host) => {
  it.skipIf(missing.get(host))("plays an install exactly as the worker does", async () => {
    const [report, reference] = [await play(host), await play("worker")];
    expect(report.host).toBe(host);
    expect(JSON.stringify(report.downloads)).toBe(JSON.stringify(reference.downloads));
    expect(report.downloads.map(({ identifier, status }) => `${identifier} ${status}`)).toEqual([
      "essential/core.pak finished",
      "level-1.pak finished",
      "level-2.pak failed",
    ]);
    for (const key of ["logs", "notifications", "challenges", "manifest"] as const)
      expect(report[key]).toEqual(reference[key]);
    expect(report.logs.map(({ message }) => message)).toEqual(["essential/core.pak", "level-1.pak", "level-2.pak"]);
    expect(report.notifications).toEqual(["com.example.failed"]);
  });

  it.skipIf(missing.get(host))(
    "ends a handler that loops for ever at its deadline, and the system's default answers",
    async () => {
      await using project = await createProject({
        "src/handler.ts": plainHandler.replace("for (const", "while (true); for (const"),
      });
      await project.write(
        "ba.config.ts",
        plainConfig.replace("infoPlist:", "deadlines: { downloads: 300 },\n infoPlist:"),
      );
      await using simulator = await createSimulator({ project: project.root, host });
      const report = await simulator.dispatch({ kind: "install" });
      expect(report).toMatchObject({
        ok: false,
        downloads: [],
        diagnostics: [{ code: "BA_HANDLER_DEADLINE", severity: "error" }],
      });
      expect(report.handler.calls).toMatchObject([{ callback: "downloads", outcome: "deadline" }]);
    },
  );
});
