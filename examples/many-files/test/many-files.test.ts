import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSimulator, type TestSimulator } from "ba-extension/testing";
import { afterAll, describe, expect, it } from "vitest";
import { hosts, project } from "./setup.js";

type Files = ReadonlyMap<string, string>;

/** An atlas, in an order that is none: details, the world and its regions take turns. */
function atlas(count: number): Files {
  const folders = ["details/north", "world", "regions"];
  const tiles = Array.from({ length: count }, (_, n) => [`${folders[n % 3]}/tile ${n}.svg`, "~".repeat(n)] as const);
  return new Map(tiles);
}

const root = mkdtempSync(join(tmpdir(), "atlas-"));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder of assets with these files, for the simulated system to serve. */
function folderOf(files: Files): string {
  const folder = mkdtempSync(join(root, "assets-"));
  for (const [path, text] of files) put(join(folder, path), text);
  return folder;
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function expectInPlace(simulator: TestSimulator, files: Files): void {
  for (const [path, text] of files) {
    expect(simulator).toHaveFile(`atlas/${path}`, { sha256: createHash("sha256").update(text).digest("hex") });
  }
}

describe.each(hosts)("many-files in the host $host", ({ host, missing }) => {
  it.skipIf(missing)("of hundreds of files those come that are not there, each to its path", async () => {
    const files = atlas(300);
    const assets = folderOf(files);
    await using simulator = await createSimulator({ project, host, assets });
    // As after a backup was restored: one in ten is not there, another one is of an older edition.
    const place = (path: string): string => join(simulator.container, "Library/Caches/atlas", path);
    const paths = [...files.keys()];
    const absent = paths.filter((_, n) => n % 5 === 0);
    for (const [path, text] of files) if (!absent.includes(path)) put(place(path), text);
    for (const path of absent.filter((_, n) => n % 2 === 0)) put(place(path), "an older edition".repeat(50));

    const install = await simulator.dispatch({ kind: "install" });
    expect(install).toMatchObject({ ok: true, diagnostics: [] });
    // What the app shows first comes first; within a folder the manifest's order holds, which is that of the paths.
    const of = (folder: string): string[] => absent.filter((path) => path.startsWith(folder)).sort();
    const loaded = install.downloads.map(({ identifier }) => identifier);
    expect(loaded).toEqual([...of("world/"), ...of("regions/"), ...of("details/")]);
    expectInPlace(simulator, files);

    expect(await simulator.dispatch({ kind: "periodic" })).toMatchObject({ ok: true, downloads: [] });

    // The next edition: one file is longer, one is new; and one was purged.
    const changes = new Map([
      ["regions/tile 5.svg", "a new harbour"],
      ["world/tile 300.svg", "the coast"],
    ]);
    for (const [path, text] of changes) put(join(assets, path), text);
    rmSync(place("details/north/tile 3.svg"));
    const update = await simulator.dispatch({ kind: "update" });
    expect(update.downloads.map(({ identifier }) => identifier)).toEqual([
      "world/tile 300.svg",
      "regions/tile 5.svg",
      "details/north/tile 3.svg",
    ]);
    expectInPlace(simulator, new Map([...files, ...changes]));
  });

  it.skipIf(missing)("the atlas of this folder comes whole", async () => {
    await using simulator = await createSimulator({ project, host });
    const report = await simulator.dispatch({ kind: "install" });
    expect(report).toMatchObject({ ok: true, diagnostics: [] });
    for (const path of readdirSync(join(project, "assets"), { recursive: true, encoding: "utf8" })) {
      if (path.endsWith(".svg")) expect(report).toHaveClaimed(`atlas/${path}`);
    }
    expect((await simulator.dispatch({ kind: "periodic" })).downloads).toEqual([]);
  });

  it.skipIf(missing)("what fails is asked for again, and nothing else is", async () => {
    const faults = ["404*1@regions/0-0.svg", "wrong-size*1@world/0-0.svg", "cut=50%*1@details/north/1-0.svg"];
    await using simulator = await createSimulator({ project, host, faults });
    const install = await simulator.dispatch({ kind: "install" });
    expect(install.downloads.filter(({ status }) => status === "failed").map(({ identifier }) => identifier)).toEqual([
      "world/0-0.svg",
      "regions/0-0.svg",
    ]);
    expect(install).toHaveLogged("regions/0-0.svg failed: ");
    // The cut one went on.
    expect(install).toHaveClaimed("atlas/details/north/1-0.svg");

    const periodic = await simulator.dispatch({ kind: "periodic" });
    expect(periodic.ok).toBe(true);
    expect(periodic.downloads.map(({ identifier }) => identifier)).toEqual(["world/0-0.svg", "regions/0-0.svg"]);
    expect(periodic).toHaveClaimed("atlas/regions/0-0.svg");
  });

  it.skipIf(missing).each([
    { what: "a file that arrives", state: "finished" },
    { what: "a path that leaves the container", identifier: "../../../../etc/passwd", state: "failed" },
  ])("$what is moved to its path, inside the container", async ({ identifier = "regions/9-9.svg", state }) => {
    await using simulator = await createSimulator({ project, host });
    const path = join(simulator.container, "..", "arrived");
    writeFileSync(path, "<svg/>");
    const handle = { kind: "url", uniqueIdentifier: "0B7C7A9E-3C43-4E0A-9B6D-6E7B3A0F5D11", essential: false } as const;
    const download = { ...handle, identifier, priority: "default", state: "finished" } as const;
    const report = await simulator.dispatch({ kind: "message", message: { kind: "downloadFinished", download, path } });
    if (state === "finished") {
      expect(report.diagnostics).toEqual([]);
      expect(simulator).toHaveFile("atlas/regions/9-9.svg", { size: 6 });
    } else {
      expect(report).toHaveDiagnostic("BA_PATH_OUTSIDE_CONTAINER");
    }
  });
});
