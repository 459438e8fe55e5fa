import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createSimulator,
  startScriptedServer,
  type HostName,
  type ScriptedResponse,
  type TestSimulator,
} from "ba-extension/testing";
import { describe, expect, it } from "vitest";
import type { Session } from "../src/sessions.js";
import { hosts, project } from "./setup.js";

interface Manifest {
  readonly sessions: readonly Session[];
}

const manifestText = readFileSync(join(project, "assets/manifest.json"), "utf8");
const { sessions }: Manifest = JSON.parse(manifestText);

function expectInPlace(simulator: TestSimulator, expected: readonly Session[] = sessions): void {
  for (const { id, size, sha256 } of expected) expect(simulator).toHaveFile(`sessions/${id}.vtt`, { size, sha256 });
}

/** The same conference with other words in one session, as a server has it. `promised`: what the manifest says of it. */
function editionWith(id: string, text: string, promised = text) {
  const sha256 = createHash("sha256").update(promised).digest("hex");
  const changed = sessions.map((session) =>
    session.id === id ? { ...session, size: Buffer.byteLength(promised), sha256 } : session,
  );
  const answers = new Map<string, ScriptedResponse>([
    ["/manifest.json", { body: JSON.stringify({ sessions: changed }) }],
    [`/sessions/${id}.vtt`, { body: text }],
  ]);
  return { sessions: changed, answers };
}

/** One word is another, of the same length. */
function evening() {
  const opening = readFileSync(join(project, "assets/sessions/opening.vtt"), "utf8");
  return editionWith("opening", opening.replace("Good morning", "Good evening"));
}

/** Takes longer than one update: on another device, two installs. */
async function meanwhile(host: HostName): Promise<void> {
  await using other = await createSimulator({ project, host });
  for (let n = 0; n < 2; n += 1) await other.dispatch({ kind: "install" });
}

describe.each(hosts)("essential-first in the host $host", ({ host, missing }) => {
  it.skipIf(missing)("an install brings every session, the essential ones before the launch", async () => {
    await using simulator = await createSimulator({ project, host });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: true, diagnostics: [] });
    expect(report.downloads.map(({ identifier, essential }) => [identifier, essential])).toEqual(
      sessions.map(({ id, essential }) => [id, essential]),
    );
    expectInPlace(simulator);
    expect(readFileSync(join(simulator.container, "manifest.json"), "utf8")).toBe(manifestText);
  });

  it.skipIf(missing)("nothing is loaded twice", async () => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    for (const kind of ["periodic", "update", "languageChange"] as const) {
      expect(await simulator.dispatch({ kind })).toMatchObject({ ok: true, downloads: [] });
    }
  });

  it.skipIf(missing).each([
    { kind: "update", essential: true },
    { kind: "periodic", essential: false },
  ] as const)("$kind loads the session that changed: essential $essential", async ({ kind, essential }) => {
    let answers: ReadonlyMap<string, ScriptedResponse> = new Map();
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    await simulator.dispatch({ kind: "install" });

    const edition = evening();
    answers = edition.answers;
    const report = await simulator.dispatch({ kind });
    expect(report.ok).toBe(true);
    expect(report.downloads).toMatchObject([{ identifier: "opening", status: "finished", essential }]);
    expectInPlace(simulator, edition.sessions);
  });

  it.skipIf(missing)("a session stays as it is while the app has exclusive control", async () => {
    let answers: ReadonlyMap<string, ScriptedResponse> = new Map();
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    await simulator.dispatch({ kind: "install" });

    const edition = evening();
    answers = edition.answers;
    await using app = await simulator.launchApp();
    const release = await app.takeExclusiveControl();
    const update = simulator.dispatch({ kind: "update" });
    await meanwhile(host);
    expectInPlace(simulator);
    release();
    expect(await update).toHaveFinished("opening");
    expectInPlace(simulator, edition.sessions);
  });

  it.skipIf(missing).each(["404*1@opening", "wrong-size*1@opening"])(
    "an essential session that fails (%s) comes after the launch",
    async (fault) => {
      await using simulator = await createSimulator({ project, host, faults: [fault] });
      const report = await simulator.dispatch({ kind: "install" });
      expect(report).toHaveFailed("opening");
      expect(report.downloads.filter(({ identifier }) => identifier === "opening")).toMatchObject([
        { status: "failed", essential: true },
        { status: "finished", essential: false },
      ]);
      expectInPlace(simulator);
    },
  );

  it.skipIf(missing)("a connection that is cut goes on, and nobody is told", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["cut=50%*1@opening"] });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report.ok).toBe(true);
    expect(report.downloads[0]).toMatchObject({
      identifier: "opening",
      status: "finished",
      essential: true,
      attempts: 2,
    });
    expectInPlace(simulator);
  });

  it.skipIf(missing)("another session that fails waits for the next content request", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["404*1@closing"] });
    const install = await simulator.dispatch({ kind: "install" });
    expect(install).toHaveFailed("closing");
    expect(install.downloads).toHaveLength(sessions.length);
    expect(simulator).not.toHaveFile("sessions/closing.vtt");

    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toMatchObject([{ identifier: "closing" }]);
    expectInPlace(simulator);
  });

  it.skipIf(missing)("what is not what the manifest promises never gets to the app", async () => {
    // As long as promised, and something else: only its SHA-256 tells.
    let answers = editionWith("opening", "WEBVTT 1\n", "WEBVTT 2\n").answers;
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    const install = await simulator.dispatch({ kind: "install" });
    // Twice: as essential, and once more as another.
    expect(install.downloads.filter(({ identifier }) => identifier === "opening")).toMatchObject([
      { status: "finished", essential: true, path: null },
      { status: "finished", essential: false, path: null },
    ]);
    expect(install).toHaveLogged("opening is not what the manifest promises");
    expect(install).toHaveDiagnostic("BA_FILE_NOT_CLAIMED");
    expect(simulator).not.toHaveFile("sessions/opening.vtt");

    const mended = editionWith("opening", "WEBVTT 2\n");
    answers = mended.answers;
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toHaveLength(1);
    expectInPlace(simulator, mended.sessions);
  });

  it.skipIf(missing)("a broken manifest does not replace the saved one", async () => {
    let answers: ReadonlyMap<string, ScriptedResponse> = new Map();
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    await simulator.dispatch({ kind: "install" });

    answers = new Map([["/manifest.json", { body: manifestText.slice(0, 500) }]]);
    const report = await simulator.dispatch({ kind: "periodic" });
    expect(report.ok).toBe(false);
    expect(report).toHaveDiagnostic("BA_MALFORMED_JSON");
    expect(readFileSync(join(simulator.container, "manifest.json"), "utf8")).toBe(manifestText);
  });

  it.skipIf(missing)("a manifest that does not come is no download of ours", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["404*1@manifest"] });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: false, downloads: [] });
    expect(report.handler.calls).toMatchObject([{ callback: "downloadFailed", outcome: "answered" }]);
    expect(report).toHaveLogged("https://assets.example.com/manifest.json failed");
  });

  it.skipIf(missing)("a session that left the manifest is dropped", async () => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    const path = join(simulator.container, "..", "arrived");
    writeFileSync(path, "WEBVTT\n");
    const download = { ...handle, identifier: "cancelled-talk", state: "finished" } as const;
    const report = await simulator.dispatch({ kind: "message", message: { kind: "downloadFinished", download, path } });
    expect(report).toHaveLogged("cancelled-talk is not in the manifest any more");
    expect(report).toHaveDiagnostic("BA_FILE_NOT_CLAIMED");
    expectInPlace(simulator);
  });

  it.skipIf(missing)("a download that is scheduled already is left alone", async () => {
    // Five attempts without a network, and it stays scheduled.
    await using simulator = await createSimulator({ project, host, faults: ["offline*5@closing"] });
    const install = await simulator.dispatch({ kind: "install" });
    expect(install.downloads.at(-1)).toMatchObject({ identifier: "closing", status: "waiting" });

    const download = { ...handle, identifier: "closing", essential: true, state: "failed" } as const;
    const error = {
      domain: "NSURLErrorDomain",
      code: -1001,
      name: "timedOut",
      message: "Timed out.",
      underlying: null,
    };
    const message = { kind: "downloadFailed", download, error: { ...error, userInfo: {} } } as const;
    const report = await simulator.dispatch({ kind: "message", message });
    expect(report.handler.calls).toMatchObject([{ callback: "downloadFailed", outcome: "answered" }]);
    expect(report.diagnostics).toEqual([]);
    expect((await simulator.resume()).downloads).toMatchObject([{ identifier: "closing", status: "finished" }]);
    expectInPlace(simulator);
  });
});

const handle = {
  kind: "url",
  uniqueIdentifier: "8C0F35C8-6F0B-4D0C-9E6A-3F2F9B1E7A01",
  essential: false,
  priority: "default",
} as const;
