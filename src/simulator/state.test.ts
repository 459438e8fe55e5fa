import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openState } from "./state.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ba-state-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const installed = { launched: true, locale: null, scheduled: { essential: 1, nonEssential: 2 } };

it("keeps what was saved, and the container", async () => {
  const store = await openState(directory, { fresh: false });
  expect(store.state.app).toBeNull();
  store.state.app = installed;
  await store.save();
  await writeFile(join(store.container, "kept"), "x");

  const again = await openState(directory, { fresh: false });
  expect(again.state.app).toEqual(installed);
  expect(await readdir(again.container)).toEqual(["kept"]);
});

it("forgets app and files when fresh, and half-loaded files always", async () => {
  const store = await openState(directory, { fresh: false });
  store.state.app = installed;
  await store.save();
  await writeFile(join(store.container, "kept"), "x");
  await writeFile(join(store.system, "partial"), "x");
  expect(await readdir((await openState(directory, { fresh: false })).system)).toEqual([]);

  const fresh = await openState(directory, { fresh: true });
  expect(fresh.state.app).toBeNull();
  expect(await readdir(fresh.container)).toEqual([]);
});

it("leaves no temporary file behind", async () => {
  await (await openState(directory, { fresh: false })).save();
  expect((await readdir(directory)).sort()).toEqual(["container", "state.json", "system"]);
});

it("refuses a state that it cannot read, and keeps it", async () => {
  await writeFile(join(directory, "state.json"), "{ half");
  await expect(openState(directory, { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNREADABLE",
    hint: expect.stringContaining("--fresh"),
  });
  expect(await readFile(join(directory, "state.json"), "utf8")).toBe("{ half");
});

it.runIf(process.platform === "linux")("comes to an end where a parent refuses every child", async () => {
  await expect(openState("/proc/ba-extension-test/state", { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNWRITABLE",
  });
});

it("names the folder that cannot be written", async () => {
  const file = join(directory, "a-file");
  await writeFile(file, "");
  await expect(openState(join(file, "state"), { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNWRITABLE",
    message: expect.stringContaining(join(file, "state")),
    hint: expect.stringContaining("--state"),
  });
});
