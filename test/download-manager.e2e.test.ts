import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSimulator, SystemRefusal, type AppDelegate, type Report } from "../src/simulator/index.js";
import { carefulHandler, carefulProject, simulate } from "./going-on.js";
import { missingHost } from "./missing-host.js";
import { handlerWith, plainConfig } from "./project.js";

/** The manager is asked by the principal class of this process, and by the Swift one through its own `BADownloadManager`. */
const hosts = ["worker", "swift"] as const;
const missing = new Set((await missingHost("swift")) ? ["swift"] : []);

const asset = (path: string, fileSize: number) => ({
  identifier: path,
  request: `https://assets.example.com/${path}`,
  fileSize,
});
const core = asset("essential/core.pak", 400_000);
const level1 = asset("level-1.pak", 600_000);

const ends = ({ downloads }: Report): string[] =>
  downloads.map(({ identifier, status, deliveredTo }) => `${identifier} ${status} ${deliveredTo}`);
const calls = ({ handler }: Report): string[] => handler.calls.map(({ callback }) => callback);

/** A handler whose `downloadFinished` runs these statements, after it has moved the file. */
const whenFinished = (statements: string): string =>
  carefulHandler
    .replace("await file.moveTo(download.identifier);", `await file.moveTo(download.identifier);\n    ${statements}`)
    .replace("storage,", "storage, log, BAError, ExclusiveControlError,");

const told = (report: Report): string[] =>
  report.logs.filter(({ source }) => source === "handler").map(({ message }) => message);

describe.each(hosts)("in the host %s", (host) => {
  describe.skipIf(missing.has(host))("the extension's download manager", () => {
    it("schedules a failed essential download again, as one that is not essential", async () => {
      await using project = await carefulProject();
      const report = await simulate(project, { host, faults: ["404*1@essential/core.pak"] }, (simulator) =>
        simulator.dispatch({ kind: "install" }),
      );
      expect(report.ok).toBe(true);
      expect(ends(report)).toEqual([
        "essential/core.pak failed extension",
        "level-1.pak finished extension",
        "level-2.pak finished extension",
        "essential/core.pak finished extension",
      ]);
      expect(report.downloads.map(({ essential }) => essential)).toEqual([true, false, false, false]);
    });

    it("refuses what may not be scheduled (rule schedule-refusals)", async () => {
      await using project = await carefulProject({
        "src/handler.ts": whenFinished(`
        if (download.identifier !== "level-1.pak") return;
        const urls = { request: "https://assets.example.com/level-2.pak", fileSize: 700_000 };
        for (const attempt of [
          () => downloadManager.schedule(urlDownload({ identifier: "level-2.pak", ...urls })),
          () => downloadManager.schedule(urlDownload({ identifier: "more", ...urls, essential: true })),
          () => downloadManager.cancel(download),
        ]) {
          await attempt().catch((error: BAError) => log.info([error.code, error.systemError?.code, error.systemError?.name].join(" ")));
        }
        log.info((await downloadManager.currentDownloads()).map(({ identifier, state }) => identifier + " " + state).join());
      `),
      });
      const report = await simulate(project, { host }, (simulator) => simulator.dispatch({ kind: "install" }));
      expect(told(report)).toEqual([
        "BA_SYSTEM_REFUSED 100 downloadAlreadyScheduled",
        "BA_SYSTEM_REFUSED 109 downloadEssentialDownloadNotPermitted",
        "BA_SYSTEM_REFUSED 101 downloadNotScheduled",
        "level-2.pak waiting",
      ]);
      expect(report.downloads).toHaveLength(3);
    });

    it("holds the allowances for what is scheduled before the first launch", async () => {
      await using project = await carefulProject({
        "ba.config.ts": plainConfig.replace("BADownloadAllowance: 100_000_000", "BADownloadAllowance: 1_300_000"),
      });
      const report = await simulate(project, { host, faults: ["404@essential/core.pak"] }, (simulator) =>
        simulator.dispatch({ kind: "install" }),
      );
      expect(report.diagnostics).toContainEqual(
        expect.objectContaining({ code: "BA_SYSTEM_REFUSED", message: expect.stringContaining("BADownloadAllowance") }),
      );
      expect(ends(report)).toHaveLength(3);
    });

    it("may not be asked to schedule inside downloads (rule schedule-in-downloads)", async () => {
      const schedule = `urlDownload(${JSON.stringify(level1)})`;
      await using project = await carefulProject({
        "src/handler.ts": handlerWith(
          `async downloads() { await downloadManager.schedule(${schedule}); return []; }`,
        ).replace("urlDownload }", "urlDownload, downloadManager }"),
      });
      const report = await simulate(project, { host }, (simulator) => simulator.dispatch({ kind: "install" }));
      expect(report).toMatchObject({ ok: false, downloads: [] });
      expect(report.diagnostics[0]).toMatchObject({ code: "BA_SYSTEM_REFUSED", severity: "error" });
    });

    it("cancels what is scheduled, and nobody is told", async () => {
      await using project = await carefulProject({
        "src/handler.ts": whenFinished(`
        const other = (await downloadManager.currentDownloads()).find(({ identifier }) => identifier === "level-2.pak");
        if (other) await downloadManager.cancel(other);
      `),
      });
      const report = await simulate(project, { host }, (simulator) => simulator.dispatch({ kind: "install" }));
      expect(ends(report)).toEqual(["essential/core.pak finished extension", "level-1.pak finished extension"]);
    });

    it("ignores a download of an answer that is scheduled already (rule scheduled-once)", async () => {
      await using project = await carefulProject();
      await simulate(project, { host, faults: ["offline@level-1.pak"] }, async (simulator) => {
        const report = await simulator.dispatch({ kind: "install" });
        expect(ends(report).at(-1)).toBe("level-1.pak waiting null");
        const update = await simulator.dispatch({ kind: "update" });
        expect(update.diagnostics).toMatchObject([{ code: "BA_ALREADY_SCHEDULED", severity: "info" }]);
      });
      const report = await simulate(project, { host }, (simulator) => simulator.resume());
      expect(ends(report)).toEqual(["level-1.pak finished extension"]);
    });
  });

  describe.skipIf(missing.has(host))("exclusive control", () => {
    const controlled = whenFinished(`
    try {
      const inside = await downloadManager.withExclusiveControl(async () => {
        await downloadManager.withExclusiveControl(() => {}).catch((error) => log.info(error instanceof ExclusiveControlError ? "nested" : "?"));
        return "inside";
      }, { before: 0 });
      log.info(inside);
    } catch (error) {
      log.info(error instanceof ExclusiveControlError && error instanceof BAError ? "refused" : "?");
    }
  `);

    it("is had, not twice, and refused while the app has it", async () => {
      await using project = await carefulProject({ "src/handler.ts": controlled });
      await simulate(project, { host }, async (simulator) => {
        expect(told(await simulator.dispatch({ kind: "install" }))).toEqual(Array(3).fill(["nested", "inside"]).flat());
        await using app = await simulator.launchApp();
        const release = await app.takeExclusiveControl();
        await app.schedule({ ...level1, identifier: "again" });
        expect(told(await simulator.resume())).toEqual(["refused"]);
        release();
        await app.schedule({ ...level1, identifier: "once more" });
        expect(told(await simulator.resume())).toEqual(["nested", "inside"]);
      });
    });

    it("is given back by a process that dies with it", async () => {
      await using project = await carefulProject({
        "src/handler.ts": carefulHandler.replace(
          "await file.moveTo(download.identifier);",
          "await downloadManager.withExclusiveControl(() => file.moveTo(download.identifier));",
        ),
      });
      const report = await simulate(project, { host, faults: ["kill-extension@moveTo"] }, (simulator) =>
        simulator.dispatch({ kind: "install" }),
      );
      expect(ends(report)).toHaveLength(3);
      expect(report.diagnostics.filter(({ code }) => code === "BA_EXCLUSIVE_CONTROL")).toEqual([]);
    });
  });
});

describe("the app in the foreground", () => {
  it("gets the results instead of the extension, as far as its delegate goes (rule delegate-first)", async () => {
    await using project = await carefulProject();
    await simulate(project, {}, async (simulator) => {
      const heard: string[] = [];
      const delegate: AppDelegate = {
        didBegin: ({ identifier }) => void heard.push(`begin ${identifier}`),
        async finished({ identifier }, path) {
          heard.push(`finished ${identifier}`);
          await rename(path, join(simulator.container, "Library/Caches/level-1.pak"));
        },
      };
      await simulator.dispatch({ kind: "install" });
      const app = await simulator.launchApp(delegate);
      await app.schedule({ ...level1, identifier: "by the app" });
      await app.schedule(asset("gone.pak", 10));
      const report = await simulator.resume();
      expect(ends(report)).toEqual(["by the app finished app", "gone.pak failed extension"]);
      expect(calls(report)).toEqual(["downloadFailed"]);
      expect(heard).toEqual(["begin by the app", "finished by the app", "begin gone.pak"]);
      expect(await readFile(join(simulator.container, "Library/Caches/level-1.pak"))).toHaveLength(600_000);
      await app.quit();
      await expect(app.schedule(level1)).rejects.toThrow("quit");
    });
  });

  it("ends the restrictions with its first launch", async () => {
    await using project = await carefulProject();
    await simulate(project, { faults: ["kill-system@scheduled"] }, (simulator) =>
      expect(simulator.dispatch({ kind: "install" })).rejects.toMatchObject({ code: "BA_SIMULATED_CRASH" }),
    );
    await simulate(project, {}, async (simulator) => {
      const app = await simulator.launchApp();
      await expect(app.schedule({ ...core, request: "https://elsewhere.example/x" })).rejects.toMatchObject({
        error: { code: 100 },
      });
      await app.schedule({ ...core, identifier: "elsewhere", request: "https://elsewhere.example/x" });
    });
  });

  it("promotes what is scheduled: it goes on from where it was, and fails at once (rule foreground-promotes)", async () => {
    await using project = await carefulProject();
    await simulate(project, { faults: ["cut*5@level-1.pak"] }, async (simulator) => {
      await simulator.dispatch({ kind: "install" });
      const results: string[] = [];
      const app = await simulator.launchApp({ finished: ({ state }, path) => void results.push(`${state} ${path}`) });
      const [waiting] = await app.currentDownloads();
      expect(waiting).toMatchObject({ identifier: "level-1.pak", state: "waiting" });
      const started = await app.startForegroundDownload(level1);
      expect(started).toMatchObject({ uniqueIdentifier: waiting?.uniqueIdentifier, state: "finished" });
      expect(results).toHaveLength(1);
    });
  });

  it("is refused as the extension is", async () => {
    await using project = await carefulProject();
    await simulate(project, {}, async (simulator) => {
      await expect(simulator.launchApp()).rejects.toMatchObject({ code: "BA_APP_NOT_INSTALLED" });
      await simulator.dispatch({ kind: "install" });
      const app = await simulator.launchApp();
      await expect(app.schedule({ ...core, essential: true })).rejects.toBeInstanceOf(SystemRefusal);
      const download = await app.schedule(core);
      await app.cancel(download);
      await expect(app.cancel(download)).rejects.toMatchObject({ error: { name: "downloadNotScheduled" } });
      await expect(app.schedule({ ...core, fileSize: -1 })).rejects.toMatchObject({ code: "BA_DOWNLOAD_INVALID" });
    });
  });
});

describe("time and unknown requests", () => {
  it("checks once a day (rule periodic-daily)", async () => {
    await using project = await carefulProject();
    const hour = 3_600_000;
    await using simulator = await createSimulator({ project: project.root, host: "worker", now: () => 1e12 });
    expect(await simulator.advance(48 * hour)).toEqual([]); // no app
    await simulator.dispatch({ kind: "install" });
    expect(await simulator.advance(23 * hour)).toEqual([]);
    expect(await simulator.advance(hour)).toMatchObject([{ event: "periodic", ok: true }]);
    expect(await simulator.advance(48 * hour)).toHaveLength(2);
  });

  it("hands on a request of a kind that nobody knows (rule unknown-requests)", async () => {
    await using project = await carefulProject({
      "src/handler.ts": carefulHandler
        .replace("storage,", "storage, log,")
        .replace("essentialAllowed })", "essentialAllowed, contentRequest, contentRequestRawValue })")
        .replace(
          "for (const",
          "log.info([contentRequest, contentRequestRawValue, essentialAllowed].join());\n    for (const",
        ),
    });
    await simulate(project, {}, async (simulator) => {
      await simulator.dispatch({ kind: "install" });
      expect(told(await simulator.dispatch({ kind: "unknown" }))).toEqual(["unknown,99,false"]);
      expect(told(await simulator.dispatch({ kind: "unknown", rawValue: 7 }))).toEqual(["unknown,7,false"]);
    });
  });
});
