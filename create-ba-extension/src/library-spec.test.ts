import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { librarySpec } from "./library-spec.js";

let folder: string;
let packageRoot: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ba-spec-"));
  packageRoot = join(folder, "npx/node_modules/create-ba-extension");
  await mkdir(packageRoot, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const installedFrom = (resolved: string): Promise<void> =>
  writeFile(
    join(packageRoot, "../.package-lock.json"),
    JSON.stringify({ packages: { "node_modules/create-ba-extension": { version: "1.2.3", resolved } } }),
  );

it("is this version of the registry", async () => {
  expect(librarySpec(packageRoot, "1.2.3")).toBe("^1.2.3");
  await installedFrom("https://registry.example/create-ba-extension-1.2.3.tgz");
  expect(librarySpec(packageRoot, "1.2.3")).toBe("^1.2.3");
});

it("is the packed file beside the one that this was installed from", async () => {
  await installedFrom("file:../packed/create-ba-extension-1.2.3.tgz");
  expect(librarySpec(packageRoot, "1.2.3")).toBe("^1.2.3");
  await mkdir(join(folder, "packed"));
  await writeFile(join(folder, "packed/ba-extension-1.2.3.tgz"), "");
  expect(librarySpec(packageRoot, "1.2.3")).toBe(`file:${join(folder, "packed/ba-extension-1.2.3.tgz")}`);
  expect(librarySpec(packageRoot, "1.2.4")).toBe("^1.2.4");
});
