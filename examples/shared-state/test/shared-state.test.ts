import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createSimulator,
  startScriptedServer,
  type HostName,
  type ScriptedResponse,
  type TestSimulator,
} from "ba-extension/testing";
import { describe, expect, it } from "vitest";
import type { Shelf } from "../src/shelf.js";
import { hosts, project } from "./setup.js";

interface Manifest {
  readonly issues: readonly {
    readonly id: string;
    readonly url: string;
    readonly size: number;
    readonly sha256: string;
  }[];
}

const { issues }: Manifest = JSON.parse(readFileSync(join(project, "assets/manifest.json"), "utf8"));
/** As the extension enters issues that are in place. */
const arrived = issues.map(({ id, sha256 }) => ({ id, sha256 }));

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const shelfOf = ({ settings }: TestSimulator): Shelf | null => settings.getJson<Shelf>("shelf");

function expectInPlace(simulator: TestSimulator): void {
  for (const { id, size, sha256 } of issues) expect(simulator).toHaveFile(`issues/${id}.txt`, { size, sha256 });
}

/** What the system says of one issue. */
const handle = {
  kind: "url",
  identifier: "2026-11",
  uniqueIdentifier: "5E7D1D9C-55B7-4E36-8F0C-3B8E0C4D9A02",
  essential: false,
  priority: "default",
} as const;
const timedOut = {
  domain: "NSURLErrorDomain",
  code: -1001,
  name: "timedOut",
  message: "The request timed out.",
} as const;
const failed = {
  kind: "downloadFailed",
  download: { ...handle, state: "failed" },
  error: { ...timedOut, underlying: null, userInfo: {} },
} as const;

const special = "THE LIGHTHOUSE, special issue\n";

/** Of another text than the manifest has; its file is beside the container. */
function finished({ container }: TestSimulator) {
  const path = join(container, "..", "arrived");
  writeFileSync(path, special);
  return { download: { ...handle, state: "finished" }, path } as const;
}

/** Takes longer than one callback: an install on another device. */
async function meanwhile(host: HostName): Promise<void> {
  await using other = await createSimulator({ project, host });
  await other.dispatch({ kind: "install" });
}

describe.each(hosts)("shared-state in the host $host", ({ host, missing }) => {
  it.skipIf(missing)("an install enters every issue that came", async () => {
    await using simulator = await createSimulator({ project, host });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: true, diagnostics: [] });
    expectInPlace(simulator);
    expect(shelfOf(simulator)).toEqual({ unread: 3, issues: arrived });
  });

  it.skipIf(missing)("nothing is loaded twice, nor counted twice", async () => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    for (const kind of ["periodic", "update", "languageChange"] as const) {
      expect(await simulator.dispatch({ kind })).toMatchObject({ ok: true, downloads: [] });
    }
    expect(shelfOf(simulator)).toEqual({ unread: 3, issues: arrived });
  });

  it.skipIf(missing)("arrivals and failures of one event meet in one state", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["404*1@2026-10"] });
    const install = await simulator.dispatch({ kind: "install" });
    expect(install).toHaveFailed("2026-10");
    const problem = install.downloads.find(({ error }) => error)?.error?.message;
    expect(shelfOf(simulator)).toEqual({ unread: 2, issues: [arrived[0], { id: "2026-10", problem }, arrived[2]] });

    // The next check brings it, and the problem is over.
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toMatchObject([{ identifier: "2026-10" }]);
    expect(shelfOf(simulator)).toEqual({ unread: 3, issues: arrived });
    expectInPlace(simulator);
  });

  it.skipIf(missing)("what the app writes stays", async () => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    // Someone looked at the shelf.
    simulator.settings.setJson("shelf", { ...shelfOf(simulator), unread: 0 });
    simulator.settings.set("theme", "dark");
    rmSync(join(simulator.container, "Library/Caches/issues/2026-10.txt"));

    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toMatchObject([{ identifier: "2026-10" }]);
    // The same issue as before is no news.
    expect(shelfOf(simulator)).toEqual({ unread: 0, issues: arrived });
    expect(simulator.settings.get("theme")).toBe("dark");
  });

  it.skipIf(missing)("an issue that was corrected is news, in its old place", async () => {
    let answers: ReadonlyMap<string, ScriptedResponse> = new Map();
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    await simulator.dispatch({ kind: "install" });

    // One letter is another.
    const text = readFileSync(join(project, "assets/issues/2026-10.txt"), "utf8").replace("Storm", "Sturm");
    const corrected = issues.map((issue) => (issue.id === "2026-10" ? { ...issue, sha256: sha256(text) } : issue));
    answers = new Map([
      ["/manifest.json", { body: JSON.stringify({ issues: corrected }) }],
      ["/issues/2026-10.txt", { body: text }],
    ]);
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toMatchObject([{ identifier: "2026-10" }]);
    expect(simulator).toHaveFile("issues/2026-10.txt", { sha256: sha256(text) });
    expect(shelfOf(simulator)).toEqual({ unread: 4, issues: corrected.map(({ id, sha256 }) => ({ id, sha256 })) });
  });

  it.skipIf(missing).each([
    { callback: "downloadFailed", unread: 0, issue: { ...arrived[0], problem: timedOut.message } },
    { callback: "downloadFinished", unread: 1, issue: { id: "2026-11", sha256: sha256(special) } },
  ])("$callback waits while the app has exclusive control, and reads what it wrote", async (expected) => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    const before = shelfOf(simulator);
    await using app = await simulator.launchApp();
    const release = await app.takeExclusiveControl();
    const event = simulator.dispatch({
      kind: "message",
      message: expected.callback === "downloadFailed" ? failed : { kind: "downloadFinished", ...finished(simulator) },
    });
    await meanwhile(host);
    expectInPlace(simulator);
    expect(shelfOf(simulator)).toEqual(before);

    simulator.settings.setJson("shelf", { ...before, unread: 0 });
    release();
    const { callback, unread, issue } = expected;
    expect((await event).handler.calls).toMatchObject([{ callback, outcome: "answered" }]);
    expect(shelfOf(simulator)).toEqual({ unread, issues: [issue, ...arrived.slice(1)] });
  });

  it.skipIf(missing)("killed between the move and the state, it finds the file", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["kill-extension@moveTo"] });
    await simulator.dispatch({ kind: "install" });
    expect(shelfOf(simulator)).toMatchObject({ unread: 2 });
    expectInPlace(simulator);

    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toEqual([]);
    expect(shelfOf(simulator)).toEqual({ unread: 3, issues: arrived });
  });

  it.skipIf(missing)("a file that arrives is entered under its own SHA-256", async () => {
    await using simulator = await createSimulator({ project, host });
    const { download, path } = finished(simulator);
    const report = await simulator.dispatch({ kind: "message", message: { kind: "downloadFinished", download, path } });
    expect(report.diagnostics).toEqual([]);
    expect(simulator).toHaveFile("issues/2026-11.txt", { size: special.length });
    expect(shelfOf(simulator)).toEqual({ unread: 1, issues: [{ id: "2026-11", sha256: sha256(special) }] });
  });

  it.skipIf(missing)("a manifest that does not come is no issue", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["404*1@manifest"] });
    expect(await simulator.dispatch({ kind: "install" })).toHaveLogged(
      "https://assets.example.com/manifest.json failed",
    );
    expect(shelfOf(simulator)).toBeNull();
  });
});
