/** A project whose handler loads only what is not there whole: what a run was cut off from, the next one brings. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSimulator, type Report, type Simulator, type SimulatorOptions } from "../src/simulator/index.js";
import { createProject, type TestProject } from "./project.js";

/** Loads what is not there with the right size; a failed essential download is scheduled again. */
export const carefulHandler = `
import { defineDownloaderExtension, downloadManager, storage, urlDownload } from "ba-extension";
interface Asset { path: string; url: string; size: number }

export default defineDownloaderExtension({
  async *downloads({ manifest, essentialAllowed }) {
    for (const { path, url, size } of manifest.items<Asset>("/assets")) {
      if ((await storage.stat(path))?.size === size) continue;
      const essential = essentialAllowed && path.startsWith("essential/");
      yield urlDownload({ identifier: path, request: url, fileSize: size, essential });
    }
  },
  async downloadFailed(download) {
    if (download.kind === "url" && download.essential) {
      await downloadManager.schedule(download.removingEssential());
    }
  },
  async downloadFinished(download, file) {
    await file.moveTo(download.identifier);
  },
});
`;

/** One essential asset and two others; large enough that half of each is more than one read. */
export async function carefulProject(files: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  return await createProject({
    "src/handler.ts": carefulHandler,
    "assets/essential/core.pak": "core".repeat(100_000),
    "assets/level-1.pak": "level one ".repeat(60_000),
    "assets/level-2.pak": "level two ".repeat(70_000),
    ...files,
  });
}

/** Plays with a simulator that is closed afterwards, whatever happens. */
export async function simulate<T>(
  project: TestProject,
  options: Partial<SimulatorOptions>,
  use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
  await using simulator = await createSimulator({ project: project.root, host: "worker", ...options });
  return await use(simulator);
}

/** Lets the system go on until nothing waits: what was interrupted, then two checks for what is still missing. */
export async function goOn(project: TestProject, options: Partial<SimulatorOptions> = {}): Promise<Report[]> {
  return await simulate(project, options, async (simulator) => {
    const reports: Report[] = [];
    try {
      reports.push(await simulator.resume());
    } catch (error) {
      // Killed before the event was written: as if it had never come.
      if ((error as { code?: string }).code !== "BA_APP_NOT_INSTALLED") throw error;
      reports.push(await simulator.dispatch({ kind: "install" }));
    }
    for (const kind of ["update", "periodic"] as const) reports.push(await simulator.dispatch({ kind }));
    return reports;
  });
}

/** SHA-256 by path: of the files that the app has, and of the assets. */
export async function filesOf(folder: string, skip: (path: string) => boolean): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !skip(path))
    .sort();
  const hash = async (path: string): Promise<string> =>
    createHash("sha256")
      .update(await readFile(join(folder, path)))
      .digest("hex");
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await hash(path)] as const)));
}

/** What the container holds besides the principal class's own records. */
export const appFiles = (project: TestProject, state = ".ba/state"): Promise<Record<string, string>> =>
  filesOf(join(project.root, state, "container/Library/Caches"), (path) =>
    /^ba-extension\/(?!staging\/[^/]*$)|\.json$/.test(path),
  );

export const assetFiles = (project: TestProject): Promise<Record<string, string>> =>
  filesOf(join(project.root, "assets"), (path) => path === "manifest.json");
