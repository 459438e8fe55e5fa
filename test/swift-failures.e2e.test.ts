/** Handlers that fail, and processes that die, in the host `swift`: answer, diagnostic and exit code. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../src/cli/command-line.fixture.js";
import type { HostName, Report } from "../src/simulator/index.js";
import { appFiles, assetFiles, carefulProject } from "./going-on.js";
import { missingHost } from "./missing-host.js";
import { createProject, plainConfig, type TestProject } from "./project.js";

const missing = await missingHost("swift");

/** A handler with this body in one callback; the others work. */
function handlerWith(callback: string, body: string): string {
  const bodies: Record<string, string> = {
    downloads: `return manifest.json<{ assets: Asset[] }>().assets.map(({ path, url, size }) =>
      urlDownload({ identifier: path, request: url, fileSize: size, essential: essentialAllowed && path.startsWith("e") }));`,
    didReceiveChallenge: `return useCredential({ user: "player", password: "hunter2" });`,
    downloadFailed: "",
    downloadFinished: "await file.moveTo(download.identifier);",
    extensionWillTerminate: "",
  };
  bodies[callback] = body;
  return `import { defineDownloaderExtension, urlDownload, useCredential } from "ba-extension";
interface Asset { path: string; url: string; size: number }
export default defineDownloaderExtension({
  async downloads({ manifest, essentialAllowed }) { ${bodies["downloads"]} },
  async didReceiveChallenge() { ${bodies["didReceiveChallenge"]} },
  async downloadFailed() { ${bodies["downloadFailed"]} },
  async downloadFinished(download, file) { ${bodies["downloadFinished"]} },
  async extensionWillTerminate() { ${bodies["extensionWillTerminate"]} },
});
`;
}

const failures = {
  throws: { body: `throw new TypeError("on purpose");`, outcome: "failed", code: "BA_HANDLER_THREW" },
  "never answers": {
    body: "return await new Promise<never>(() => {});",
    outcome: "deadline",
    code: "BA_HANDLER_DEADLINE",
  },
  "loops for ever": { body: "for (;;) {}", outcome: "deadline", code: "BA_HANDLER_DEADLINE" },
  "ends the engine": { body: "process.exit(7);", outcome: "engine", code: "BA_ENGINE_DIED" },
} as const;

const callbacks = ["downloads", "didReceiveChallenge", "downloadFailed", "downloadFinished", "extensionWillTerminate"];

interface Played {
  readonly code: number;
  readonly report: Report;
}

async function play(project: TestProject, host: HostName, args: readonly string[]): Promise<Played> {
  const all = ["simulate", ...args, "--host", host, "--state", `.ba/${host}`, "--json"];
  const { code, stdout } = await runCommandLine(all, { cwd: project.root });
  return { code, report: JSON.parse(stdout) as Report };
}

/** What does not depend on time, machine or host. The engine's own words about its end do. */
const essence = ({ code, report }: Played) => ({
  code,
  ok: report.ok,
  calls: report.handler.calls.map(({ callback, identifier, outcome, summary, location }) => ({
    callback,
    identifier,
    outcome,
    summary,
    location,
  })),
  diagnostics: report.diagnostics.map((diagnostic) =>
    diagnostic.code === "BA_ENGINE_DIED" ? { ...diagnostic, message: "" } : diagnostic,
  ),
  downloads: report.downloads,
  challenges: report.challenges,
  reoffered: report.reoffered,
  logs: report.logs,
});

/** Staged files have the unique identifiers of their downloads for names. */
const withoutUuids = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "UUID"));

describe.skipIf(missing)("a handler in the host swift", () => {
  const cases = callbacks.flatMap((callback) =>
    Object.entries(failures).map(([how, failure]) => [callback, how, failure] as const),
  );

  it.each(cases)("whose %s %s is answered for as in the worker", async (callback, _how, { body, outcome, code }) => {
    const config = plainConfig.replace(
      "infoPlist:",
      `deadlines: { ${callback}: 400 },
       simulate: { server: { basicAuthentication: { user: "player", password: "hunter2" } } },
       infoPlist:`,
    );
    await using project = await createProject({
      "ba.config.ts": config,
      "src/handler.ts": handlerWith(callback, body),
      "event.json": `{ "kind": "extensionWillTerminate" }`,
    });
    const args =
      callback === "extensionWillTerminate"
        ? ["--event", "event.json"]
        : ["install", ...(callback === "downloadFailed" ? ["--fault", "404@level-1.pak"] : [])];
    const [swift, worker] = [await play(project, "swift", args), await play(project, "worker", args)];
    expect(withoutUuids(essence(swift))).toEqual(withoutUuids(essence(worker)));
    expect(swift.code).toBe(1);
    expect(swift.report.handler.calls).toContainEqual(expect.objectContaining({ callback, outcome }));
    expect(swift.report.diagnostics).toContainEqual(expect.objectContaining({ code, severity: "error" }));
    const files = async (host: HostName): Promise<unknown[]> =>
      Object.entries(await appFiles(project, `.ba/${host}`))
        .map((file) => withoutUuids(file.join()))
        .sort();
    expect(await files("swift")).toEqual(await files("worker"));
  });
});

describe.skipIf(missing)("the fault kill-extension in the host swift", () => {
  const dead = (callback: string) =>
    expect.objectContaining({
      code: "BA_EXTENSION_DIED",
      severity: "error",
      message: `The extension process was ended during ${callback}.`,
    });
  const callsOf = ({ handler }: Report, callback: string): string[] =>
    handler.calls.filter((call) => call.callback === callback).map(({ outcome }) => outcome);

  it("at downloads: the native answer, and the next event brings everything", async () => {
    await using project = await carefulProject();
    const { code, report } = await play(project, "swift", ["install", "--fault", "kill-extension@downloads"]);
    expect([code, report.downloads, report.diagnostics]).toEqual([1, [], [dead("downloads")]]);
    expect((await play(project, "swift", ["update"])).code).toBe(0);
    expect(await appFiles(project, ".ba/swift")).toEqual(await assetFiles(project));
  });

  it.each(["downloadFinished", "moveTo"])(
    "at %s: the file is delivered again, and comes once (rule redelivery)",
    async (step) => {
      await using project = await carefulProject();
      const { code, report } = await play(project, "swift", ["install", "--fault", `kill-extension@${step}`]);
      expect(code).toBe(1);
      expect(report.faults).toEqual([{ fault: `kill-extension@${step}`, at: step }]);
      expect(report.diagnostics).toContainEqual(dead("downloadFinished"));
      expect(report.downloads.map(({ status }) => status)).toEqual(["finished", "finished", "finished"]);
      expect(callsOf(report, "downloadFinished")).toEqual(["engine", "answered", "answered", "answered"]);
      const earlier = report.diagnostics.filter((diagnostic) => diagnostic.code === "BA_FILE_CLAIMED_EARLIER");
      expect(earlier).toHaveLength(step === "moveTo" ? 1 : 0);
      expect(await appFiles(project, ".ba/swift")).toEqual(await assetFiles(project));
      expect(await readdir(join(project.root, ".ba/swift/system"))).toEqual([]);
    },
  );

  it("at downloadFailed: the failure is told again", async () => {
    await using project = await carefulProject();
    const faults = ["--fault", "kill-extension@downloadFailed", "--fault", "404*1@essential/core.pak"];
    const { report } = await play(project, "swift", ["install", ...faults]);
    expect(callsOf(report, "downloadFailed")).toEqual(["engine", "answered"]);
    expect(report.downloads.at(-1)).toMatchObject({ identifier: "essential/core.pak", status: "finished" });
  });

  it("strikes the second time, where that was asked for", async () => {
    await using project = await carefulProject();
    const { report } = await play(project, "swift", ["install", "--fault", "kill-extension=2@moveTo"]);
    expect(callsOf(report, "downloadFinished")).toEqual(["answered", "engine", "answered", "answered"]);
  });
});
