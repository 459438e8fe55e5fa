/** Every example, and what the scaffolder writes, in the host `swift`: what the embedded host makes of it, to the letter. */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "../create-ba-extension/src/create.js";
import { runCommandLine } from "../src/cli/command-line.fixture.js";
import { parsePropertyList } from "../src/principal/property-list.js";
import type { HostName, Report } from "../src/simulator/index.js";
import { filesOf } from "./going-on.js";
import { missingHost } from "./missing-host.js";

const examples = ["by-locale", "essential-first", "many-files", "shared-state"];
const missing = (await missingHost("swift")) || (await missingHost("embedded"));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ba-swift-"));
  const io = { stdout: { write() {} }, stderr: { write() {} }, cwd: folder, env: {}, interactive: false };
  const code = await create(["scaffold", "--yes", "--no-install", "--no-git"], io);
  if (code !== 0) throw new Error(`create-ba-extension ended with ${code}.`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const projectOf = (name: string): string =>
  name === "scaffold" ? join(folder, name) : join(import.meta.dirname, "../examples", name);

interface Played {
  readonly code: number;
  readonly report: Report;
  /** SHA-256 by path, of the app's files. */
  readonly files: Readonly<Record<string, string>>;
  /** The shared defaults; each host has a layout of its own for the file. */
  readonly settings: unknown;
}

/** Plays events on a device of its own, one after another, with the command line of a user. */
async function play(name: string, host: HostName, events: readonly string[]): Promise<Played[]> {
  const state = await mkdtemp(join(folder, "state-"));
  const container = join(state, "container");
  const played: Played[] = [];
  for (const event of events) {
    const args = ["simulate", event, "--host", host, "--state", state, "--json"];
    const { code, stdout, stderr } = await runCommandLine(args, { cwd: projectOf(name) });
    expect(stderr).toBe("");
    const report = JSON.parse(stdout) as Report;
    expect(report.host).toBe(host);
    const files = await filesOf(container, (path) => /^Library\/(Caches\/ba-extension|Preferences)\//.test(path));
    played.push({ code, report, files, settings: await settingsIn(container) });
  }
  return played;
}

async function settingsIn(container: string): Promise<unknown> {
  const preferences = join(container, "Library/Preferences");
  const files = await readdir(preferences).catch(() => []);
  return Promise.all(files.map(async (file) => parsePropertyList(await readFile(join(preferences, file), "utf8"))));
}

/** All that does not depend on time, machine or host. */
const essence = ({ code, report, files, settings }: Played) => {
  const { handler, host: _host, hostReason: _reason, container: _container, budget: _budget, ...others } = report;
  const calls = handler.calls.map(({ durationMs: _d, processMs: _p, privateDirtyBytes: _m, ...call }) => call);
  return { code, ...others, calls, files, settings };
};

describe.skipIf(missing)("in the host swift", () => {
  it.each([...examples, "scaffold"])("%s comes to what it comes to in the embedded host", async (name) => {
    const events = ["install", "update", "periodic"];
    const [swift, embedded] = [await play(name, "swift", events), await play(name, "embedded", events)];
    expect(swift.map(essence)).toEqual(embedded.map(essence));
    expect(swift.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(swift[0]?.report.downloads.length).toBeGreaterThan(0);
  });

  it("the report says what ran the handler", async () => {
    const [{ report }] = (await play("scaffold", "swift", ["install"])) as [Played];
    expect(report.engine).toBe("node");
    expect(report.hostReason).toMatch(/^requested; the real Swift principal class .*\(Swift 6\.\d.*, libnode \d+\.\d+/);
    for (const { processMs, durationMs, privateDirtyBytes } of report.handler.calls) {
      expect(processMs).toBeGreaterThan(durationMs);
      expect(privateDirtyBytes).toBeGreaterThan(1024 * 1024);
    }
  });

  it("the principal class's own files can be read by the other hosts", async () => {
    const state = await mkdtemp(join(folder, "state-"));
    const simulate = async (event: string, host: HostName, ...more: string[]): Promise<Report> => {
      const args = ["simulate", event, "--host", host, "--state", state, "--json", ...more];
      return JSON.parse((await runCommandLine(args, { cwd: projectOf("scaffold") })).stdout) as Report;
    };
    const killed = await simulate("install", "swift", "--fault", "kill-extension=3*2@downloadFinished");
    expect(killed.faults).toHaveLength(2);
    const { reoffered } = await simulate("update", "worker");
    expect(reoffered).toMatchObject([{ attempt: 3, outcome: "answered" }]);
    const table = await readFile(join(state, "container/Library/Caches/ba-extension/downloads.json"), "utf8");
    expect(JSON.parse(table)).toMatchObject({ version: 1 });
  });
});
