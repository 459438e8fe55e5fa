import { createHash } from "node:crypto";
import { readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import {
  createFakeClock,
  createSimulator,
  listFiles,
  startScriptedServer,
  type ScriptedResponse,
  type TestSimulator,
} from "ba-extension/testing";
import { describe, expect, it } from "vitest";
import type { Region } from "../src/regions.js";
import { hosts, project } from "./setup.js";

interface Manifest {
  readonly default: string;
  readonly regions: Readonly<Record<string, Region>>;
}

const manifest: Manifest = JSON.parse(readFileSync(join(project, "assets/manifest.json"), "utf8"));
const placeOf = (name: string): string => `regions/${name}.json`;
const day = 24 * 60 * 60 * 1000;
const notification = "com.example.guide.inventory-changed";

/** The files of these regions are in place, the inventory has them, and neither has anything else. */
function expectInventory(simulator: TestSimulator, names: readonly string[], { regions } = manifest): void {
  const inventory: unknown = JSON.parse(readFileSync(join(simulator.container, "inventory.json"), "utf8"));
  expect(inventory).toEqual(Object.fromEntries(names.map((name) => [name, regions[name]?.sha256])));
  for (const name of names) expect(simulator).toHaveFile(placeOf(name), { sha256: regions[name]?.sha256 });
  expect(listFiles(simulator)).toHaveLength(names.length + 1);
}

describe.each(hosts)("by-locale in the host $host", ({ host, missing }) => {
  it.skipIf(missing)("an install brings the region of the locale, and tells the app", async () => {
    await using simulator = await createSimulator({ project, host });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: true, diagnostics: [], notifications: [notification] });
    expect(report.downloads).toMatchObject([{ identifier: "en", status: "finished" }]);
    expectInventory(simulator, ["en"]);
  });

  it.skipIf(missing)("nothing is loaded, and nobody told, while the inventory is current", async () => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    for (const kind of ["periodic", "update", "unknown"] as const) {
      expect(await simulator.dispatch({ kind })).toMatchObject({ ok: true, downloads: [], notifications: [] });
    }
    expectInventory(simulator, ["en"]);
  });

  it.skipIf(missing).each([
    { locale: "de", region: "de" },
    { locale: "de-AT", region: "de" },
    { locale: "pt-BR", region: "pt-BR" },
    { locale: "fr-Latn-CA", region: "fr" },
  ])("a change of the language to $locale brings $region", async ({ locale, region }) => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    const report = await simulator.dispatch({ kind: "languageChange", locale });
    expect(report).toMatchObject({ ok: true, notifications: [notification] });
    expect(report.downloads).toMatchObject([{ identifier: region, status: "finished" }]);
    expectInventory(simulator, ["en", region]);

    // Back again: the file is still there.
    expect(await simulator.dispatch({ kind: "languageChange", locale: "en-US" })).toMatchObject({ downloads: [] });
  });

  it.skipIf(missing).each(["ja-JP", "pt-PT", "deu"])(
    "for %s, which has no region, it is the default",
    async (locale) => {
      await using simulator = await createSimulator({ project, host });
      await simulator.dispatch({ kind: "install" });
      expect(await simulator.dispatch({ kind: "languageChange", locale })).toMatchObject({ ok: true, downloads: [] });
      expectInventory(simulator, ["en"]);
    },
  );

  it.skipIf(missing)("a region that changed is loaded anew; others are not", async () => {
    let answers: ReadonlyMap<string, ScriptedResponse> = new Map();
    await using server = await startScriptedServer({ project, respond: ({ path }) => answers.get(path) });
    await using simulator = await createSimulator({ project, host, server });
    await simulator.dispatch({ kind: "install" });
    await simulator.dispatch({ kind: "languageChange", locale: "de-DE" });

    const text = '{ "language": "English", "greetings": ["Howdy"] }\n';
    const region = { size: text.length, sha256: createHash("sha256").update(text).digest("hex") };
    const changed = { ...manifest, regions: { ...manifest.regions, en: { ...manifest.regions["en"]!, ...region } } };
    answers = new Map([
      ["/manifest.json", { body: JSON.stringify(changed) }],
      ["/regions/en.json", { body: text }],
    ]);
    // The language is still German.
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toEqual([]);
    const report = await simulator.dispatch({ kind: "languageChange", locale: "en-GB" });
    expect(report.downloads).toMatchObject([{ identifier: "en", status: "finished" }]);
    expectInventory(simulator, ["en", "de"], changed);
  });

  it.skipIf(missing).each([
    { what: "purged", harm: rmSync },
    { what: "truncated", harm: truncateSync },
  ])("a file that was $what is loaded again, whatever the inventory says", async ({ harm }) => {
    await using simulator = await createSimulator({ project, host });
    await simulator.dispatch({ kind: "install" });
    harm(join(simulator.container, "Library/Caches/regions/en.json"));
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toMatchObject([{ identifier: "en" }]);
    expectInventory(simulator, ["en"]);
  });

  it.skipIf(missing)("killed between the move and the inventory, it finds the file", async () => {
    await using simulator = await createSimulator({ project, host, faults: ["kill-extension@moveTo"] });
    await simulator.dispatch({ kind: "install" });
    expect(simulator).toHaveFile("regions/en.json");
    expect(simulator).not.toHaveFile("inventory.json");

    const report = await simulator.dispatch({ kind: "periodic" });
    expect(report).toMatchObject({ downloads: [], notifications: [notification] });
    expectInventory(simulator, ["en"]);
  });

  it.skipIf(missing).each(["404*1@de", "wrong-size*1@de"])(
    "a download that fails (%s) is asked for again",
    async (fault) => {
      await using simulator = await createSimulator({ project, host, faults: [fault] });
      await simulator.dispatch({ kind: "install" });
      const report = await simulator.dispatch({ kind: "languageChange", locale: "de-DE" });
      expect(report).toHaveFailed("de");
      expect(report).toHaveLogged("de failed: ");
      expect(report.notifications).toEqual([]);
      expectInventory(simulator, ["en"]);

      expect((await simulator.dispatch({ kind: "periodic" })).notifications).toEqual([notification]);
      expectInventory(simulator, ["en", "de"]);
    },
  );

  it.skipIf(missing)("what failed comes with the next daily check, and then nothing", async () => {
    const clock = createFakeClock();
    await using simulator = await createSimulator({ project, host, now: clock.now, faults: ["404*1@en"] });
    expect(await simulator.dispatch({ kind: "install" })).toHaveFailed("en");
    const checks = await simulator.advance(2 * day);
    expect(checks.map(({ downloads }) => downloads.length)).toEqual([1, 0]);
    expect(checks).toHaveFinished("en");
    expectInventory(simulator, ["en"]);
  });

  it.skipIf(missing)("a manifest without regions is an error that says so", async () => {
    await using server = await startScriptedServer({ project, respond: () => ({ body: "{}" }) });
    await using simulator = await createSimulator({ project, host, server });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: false, downloads: [] });
    expect(report.diagnostics).toMatchObject([
      { code: "BA_HANDLER_THREW", message: expect.stringContaining("no region for en-US, and its default en is none") },
    ]);
  });
});
