import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../test-guest.js";
import { withLock } from "./lock.js";

it("one at a time, and the folder is there meanwhile", async () => {
  const path = join(temporaryFolder(), "deep/key.lock");
  const order: string[] = [];
  const waits: string[] = [];
  const work = (name: string) =>
    withLock(
      path,
      async () => {
        order.push(`${name} begins`);
        expect(existsSync(path)).toBe(true);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
      },
      { onWait: () => waits.push(name) },
    );
  await Promise.all([work("a"), work("b"), work("c")]);
  expect(order).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(order[at + 1]).toBe(order[at]?.replace("begins", "ends"));
  expect(waits.length).toBeGreaterThanOrEqual(1);
  expect(readdirSync(dirname(path))).toEqual([]);
});

it("is released when the work fails", async () => {
  const path = join(temporaryFolder(), "key.lock");
  await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withLock(path, () => Promise.resolve(3))).toBe(3);
});

it("is taken over, with what is left in it, from a process that died", async () => {
  const path = join(temporaryFolder(), "key.lock");
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  mkdirSync(path);
  writeFileSync(join(path, "owner.json"), JSON.stringify({ pid: dead.pid, hostname: hostname() }));
  writeFileSync(join(path, "left-over.o"), "");
  expect(await withLock(path, async () => readdirSync(path))).toEqual(["owner.json"]);
});

it("is taken over from another machine that stopped renewing it", async () => {
  const path = join(temporaryFolder(), "key.lock");
  mkdirSync(path);
  writeFileSync(join(path, "owner.json"), JSON.stringify({ pid: process.pid, hostname: "elsewhere" }));
  utimesSync(path, new Date(0), new Date(0));
  expect(await withLock(path, () => Promise.resolve("mine"))).toBe("mine");
});

it("is not taken from a living owner", async () => {
  const path = join(temporaryFolder(), "key.lock");
  mkdirSync(path);
  writeFileSync(join(path, "owner.json"), JSON.stringify({ pid: process.pid, hostname: hostname() }));
  let onWait!: () => void;
  const waits = new Promise<void>((resolve) => (onWait = resolve));
  const taken = withLock(path, async () => "taken", { onWait });
  await waits;
  // The owner is done: its lock goes, and the one that waited has its turn.
  writeFileSync(join(path, "owner.json"), JSON.stringify({ pid: 2 ** 30, hostname: hostname() }));
  expect(await taken).toBe("taken");
});
