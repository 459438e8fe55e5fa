import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTurn, replaceAtomically, sweepTemporary } from "./files.js";

let container = "";
beforeEach(async () => {
  container = await mkdtemp(join(tmpdir(), "ba-files-"));
});
afterEach(() => rm(container, { recursive: true, force: true }));

test("sweeping leaves the temporary files of this process, and removes those of any other", async () => {
  const folder = join(container, "Library/Caches/ba-extension/temporary");
  await mkdir(join(folder, "another.folder"), { recursive: true });
  await writeFile(join(folder, "another.file"), "");
  const target = join(container, "a/b");
  await replaceAtomically(container, target, async (temporary) => {
    await writeFile(temporary, "content");
    await sweepTemporary(container);
    expect(existsSync(temporary)).toBe(true);
  });
  expect(await readFile(target, "utf8")).toBe("content");
  expect(existsSync(join(folder, "another.file"))).toBe(false);
  expect(existsSync(join(folder, "another.folder"))).toBe(false);
});

test("what fails half-way leaves the old file, and nothing temporary", async () => {
  const target = join(container, "a");
  await writeFile(target, "old");
  let path = "";
  const failing = replaceAtomically(container, target, async (temporary) => {
    path = temporary;
    await writeFile(temporary, "half");
    throw new Error("no room");
  });
  await expect(failing).rejects.toThrow("no room");
  expect(await readFile(target, "utf8")).toBe("old");
  expect(existsSync(path)).toBe(false);
});

test("a turn that fails does not hold up the next one", async () => {
  const order: string[] = [];
  const first = inTurn("a", async () => {
    order.push("first");
    throw new Error("broken");
  });
  const second = inTurn("a", async () => order.push("second"));
  const other = inTurn("b", async () => order.push("other"));
  await expect(first).rejects.toThrow("broken");
  await Promise.all([second, other]);
  expect(order.filter((name) => name !== "other")).toEqual(["first", "second"]);
});
