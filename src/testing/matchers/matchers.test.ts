import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, plainHandler, type TestProject } from "../../../test/project.js";
import type { DownloadReport, Report } from "../../simulator/index.js";
import { createSimulator, matchers, type ExtensionMatchers, type TestSimulator } from "../index.js";

declare module "vitest" {
  interface Matchers<T> extends ExtensionMatchers {}
}
expect.extend(matchers);

/** What an expectation that fails says. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The expectation holds.");
}

describe("on a real report", () => {
  let project: TestProject;
  let simulator: TestSimulator;
  let install: Report;
  beforeAll(async () => {
    project = await createProject({
      "src/handler.ts": plainHandler
        .replace("urlDownload }", "urlDownload, log }")
        .replace("yield", "log.notice(`asks for ${asset.path}`);\n yield")
        .replace("asset.size,", 'asset.path === "level-2.pak" ? 200_000_000 : asset.size,'),
    });
    simulator = await createSimulator({ project: project.root, host: "worker", faults: ["404@level-1.pak"] });
    install = await simulator.dispatch({ kind: "install" });
  });
  afterAll(async () => {
    await simulator.dispose();
    await project[Symbol.asyncDispose]();
  });

  it("they pass where they should", () => {
    expect(install).toHaveFinished("essential/core.pak");
    expect(install).toHaveFinished(["essential/core.pak"]);
    expect(install).toHaveFinished([]);
    expect(install).not.toHaveFinished(["level-1.pak", "level-2.pak"]);
    expect(install).toHaveFailed("level-1.pak");
    expect(install).toHaveFailed("level-1.pak", { name: "badServerResponse", domain: "NSURLErrorDomain", code: -1011 });
    expect(install).not.toHaveFailed("level-1.pak", { name: "timedOut" });
    expect(install).not.toHaveFailed("level-2.pak");
    expect(install).toHaveRefused("level-2.pak", { name: "downloadWouldExceedAllowance" });
    expect(install).not.toHaveRefused("level-1.pak");
    expect(install).toHaveClaimed("essential/core.pak");
    expect(install).toHaveClaimed("Library/Caches/essential/core.pak");
    expect(install).not.toHaveClaimed("core.pak");
    expect(simulator).toHaveFile("essential/core.pak", { size: 4000, sha256: sha256("core".repeat(1000)) });
    expect(simulator).toHaveFile("Library/Caches/essential/core.pak");
    expect(install).toHaveFile("essential/core.pak");
    expect(simulator).not.toHaveFile("essential");
    expect(simulator).not.toHaveFile("level-1.pak");
    expect(install).not.toHaveDiagnostic("BA_HANDLER_THREW");
    expect(install).toHaveLogged("asks for level-1");
    expect(install).toHaveLogged(/^asks for level-\d\.pak$/);
    expect(install).not.toHaveLogged("asks for level-9");
  });

  it("they look at several reports as at one", async () => {
    const reports = [install, await simulator.dispatch({ kind: "periodic" })];
    expect(reports).toHaveFailed("level-1.pak");
    expect(reports).toHaveClaimed("essential/core.pak");
    expect(failure(() => expect(reports).toHaveFinished("nothing"))).toMatch(/^expected 2 reports to have finished/);
  });

  it("they are asymmetric matchers as well", () => {
    expect({ reports: [install] }).toEqual({ reports: [expect.toHaveFailed("level-1.pak")] });
    expect({ reports: [install] }).not.toEqual({ reports: [expect.toHaveFailed("level-2.pak")] });
  });

  it("a message names what the report has instead", () => {
    expect(failure(() => expect(install).toHaveFinished(["essential/core.pak", "level-1.pak", "level-9.pak"])))
      .toMatchInlineSnapshot(`
      "expected the report of install to have finished "level-1.pak", "level-9.pak"
      it has these downloads:
        "level-2.pak" refused: 200000000 bytes exceed the 99950000 that BADownloadAllowance has left. (downloadWouldExceedAllowance)
        "essential/core.pak" finished
        "level-1.pak" failed: https://assets.example.com/level-1.pak answered with HTTP status 404. (badServerResponse)"
    `);
    expect(failure(() => expect(install).not.toHaveFinished(["level-1.pak", "essential/core.pak"]))).toMatch(
      /^expected the report of install not to have finished "essential\/core\.pak"\n/,
    );
    expect(failure(() => expect(install).toHaveFailed("level-1.pak", { name: "timedOut", code: undefined }))).toMatch(
      /^expected the report of install to have failed "level-1\.pak" with name timedOut\n/,
    );
    expect(failure(() => expect(install).toHaveClaimed("level-1.pak"))).toMatchInlineSnapshot(`
      "expected the report of install to have claimed a file as "level-1.pak"
      files were claimed as:
        Library/Caches/essential/core.pak (essential/core.pak)"
    `);
    expect(failure(() => expect(simulator).toHaveFile("essential/core.pak", { size: 1, sha256: "00" })))
      .toMatchInlineSnapshot(`
      "expected the app group's container to have the file "essential/core.pak" with size 1, sha256 00
      it has the file, with
        size 4000
        sha256 35bea4b21bc5e2c2918a186bf20c608704f8cade5613d3809e16cb0f29830eda"
    `);
    expect(failure(() => expect(simulator).toHaveFile("level-1.pak"))).toMatchInlineSnapshot(`
      "expected the app group's container to have the file "level-1.pak"
      it has these files:
        Library/Caches/essential/core.pak"
    `);
    expect(failure(() => expect(simulator).not.toHaveFile("essential/core.pak", { size: 4000 })))
      .toMatchInlineSnapshot(`
      "expected the app group's container not to have the file "essential/core.pak" with size 4000
      it has the file"
    `);
    expect(failure(() => expect(install).toHaveLogged(/^done/))).toMatchInlineSnapshot(`
      "expected the report of install to have logged /^done/
      it has these log entries:
        default: asks for essential/core.pak
        default: asks for level-1.pak
        default: asks for level-2.pak"
    `);
  });
});

describe("on what a handler did wrong", () => {
  const container = mkdtempSync(join(tmpdir(), "ba-matchers-"));
  afterAll(() => rmSync(container, { recursive: true }));
  const download = (changes: Partial<DownloadReport>): DownloadReport => ({
    identifier: "a",
    status: "finished",
    deliveredTo: "extension",
    essential: false,
    bytes: 3,
    attempts: 1,
    resumedBytes: 0,
    path: "Library/Caches/a",
    error: null,
    ...changes,
  });
  const report = (changes: Partial<Report>): Report => ({
    event: "update",
    ok: false,
    engine: "node",
    host: "worker",
    hostReason: "requested",
    container,
    manifest: null,
    handler: { durationMs: 0, calls: [] },
    downloads: [],
    reoffered: [],
    challenges: [],
    faults: [],
    notifications: [],
    logs: [],
    diagnostics: [],
    budget: { runtimeMs: 0, privateDirtyBytes: null },
    ...changes,
  });
  const threw = {
    code: "BA_HANDLER_THREW",
    severity: "error",
    message: "No idea.",
    hint: null,
    location: null,
  } as const;

  it("a message has the errors, which are mostly the reason", () => {
    expect(failure(() => expect(report({ diagnostics: [threw] })).toHaveFinished("a"))).toMatchInlineSnapshot(`
      "expected the report of update to have finished "a"
      it has no downloads
      and these errors:
        [BA_HANDLER_THREW] No idea."
    `);
    expect(failure(() => expect(report({ diagnostics: [threw] })).toHaveDiagnostic("BA_FILE_KEPT")))
      .toMatchInlineSnapshot(`
      "expected the report of update to have the diagnostic BA_FILE_KEPT
      it has these diagnostics:
        error [BA_HANDLER_THREW] No idea."
    `);
    expect(failure(() => expect(report({})).toHaveDiagnostic("BA_FILE_KEPT"))).toMatch(/\nit has no diagnostics$/);
    expect(failure(() => expect(report({})).toHaveLogged("x"))).toMatch(/\nit has logged nothing$/);
    expect(failure(() => expect(report({})).toHaveClaimed("x"))).toMatch(/\nno file was claimed$/);
  });

  it("a long list is cut, and says so", () => {
    const downloads = Array.from({ length: 25 }, (_, index) => download({ identifier: `file-${index}` }));
    const message = failure(() => expect(report({ downloads })).toHaveFinished("none"));
    expect(message).toContain('"file-19" finished\n  … and 5 more');
    expect(message).not.toContain("file-20");
  });

  it("a file that lies in staging is not claimed; one that was offered again can be", async () => {
    const staged = download({ path: "Library/Caches/ba-extension/staging/a" });
    expect(report({ downloads: [staged] })).not.toHaveClaimed("ba-extension/staging/a");
    await mkdir(join(container, "Library/Caches"), { recursive: true });
    writeFileSync(join(container, "Library/Caches/again"), "abc");
    const again = { identifier: "a", attempt: 2, outcome: "answered", path: "Library/Caches/again" } as const;
    expect(report({ reoffered: [again] })).toHaveClaimed("again");
  });

  it("a file that is gone, or shorter than what came, is not claimed", () => {
    const claimed = report({ downloads: [download({ path: "Library/Caches/gone" })] });
    expect(claimed).not.toHaveClaimed("gone");
    expect(failure(() => expect(claimed).toHaveClaimed("gone"))).toContain("the file is not there any more: ");
    writeFileSync(join(container, "short"), "ab");
    const short = report({ downloads: [download({ path: "short" })] });
    expect(failure(() => expect(short).toHaveClaimed("short"))).toContain("the file has 2 bytes now, not 3: ");
  });

  it("an expression that remembers where it was finds every entry", () => {
    const entry = { level: "info", source: "handler", message: "done" } as const;
    const pattern = /done/g;
    for (let time = 0; time < 3; time += 1) expect(report({ logs: [entry] })).toHaveLogged(pattern);
  });
});

describe("on something else", () => {
  it.each([
    ["a promise", Promise.resolve({}), "a promise that nobody waits for"],
    ["a simulator", { dispatch: () => {}, container: "/" }, "a simulator"],
    ["nothing", undefined, "undefined"],
    ["an object", { a: 1 }, "an object with a"],
    ["several things", [{}], "an object with 0"],
  ])("%s is no report: an error, also behind .not", (_, value, name) => {
    const hint = `and was given ${name}. Write expect(await simulator.dispatch(…))`;
    expect(() => expect(value).toHaveFinished("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveFinished("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveDiagnostic("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveLogged("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveClaimed("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveFailed("a")).toThrow(hint);
    expect(() => expect(value).not.toHaveRefused("a")).toThrow(hint);
  });

  it("a report's container is looked for in a simulator or a report", () => {
    expect(() => expect({ a: 1 }).not.toHaveFile("a")).toThrow("toHaveFile looks at a simulator");
    expect(() => expect(null).not.toHaveFile("a")).toThrow("and was given null");
  });

  it.each(["/etc/passwd", "../secret", "a/../../secret"])("%s is no path of the app group", (path) => {
    expect(() => expect({ container: tmpdir() }).not.toHaveFile(path)).toThrow("takes a path below the container");
  });
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
