/**
 * What a principal class owes to whoever is killed: after a wake that ends before any one of its changes of files, the
 * next wakes find every file, once. For the class in TypeScript, and for the one in Swift.
 */
import type { SpawnSyncReturns } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostCall } from "../../protocol/guest.js";
import type { SystemMessage, SystemReply } from "../../protocol/system.js";
import { parsePropertyList } from "../property-list.js";
import type { KillArguments } from "./kill-child.js";
import { answered, content, contentRequest, followUps, scenarios } from "./kill-scenarios.js";

export interface KilledPrincipal {
  /** Plays a wake in a process of its own, which ends itself before its change of that number, if it has so many. */
  playUntil(killAt: number, wake: KillArguments): SpawnSyncReturns<string>;
  /** The principal classes that wake next. */
  readonly nextWakes: readonly ClaimingWake[];
  readonly writes: readonly Written[];
}

/** Plays a wake whose handler moves every file that it is offered to `a`. */
export type ClaimingWake = (root: string, message: SystemMessage) => Promise<Pick<SystemReply, "file">>;

/** Something that is written twice, and how what is on the disk then is read. */
export interface Written {
  readonly what: string;
  call(value: string): HostCall;
  readonly path: string;
  read(text: string): unknown;
}

export const writtenFile: Written = {
  what: "a file",
  call: (text) => ({ name: "storage.write", args: { path: "a", text } }),
  path: "container/Library/Caches/a",
  read: (text) => text,
};

export const writtenSettings: Written = {
  what: "the settings",
  call: (value) => ({ name: "settings.set", args: { key: "a", value } }),
  path: "container/Library/Preferences/group.example.plist",
  read: (text) => parsePropertyList(text)["a"],
};

let folder = "";

/** Declares the tests. */
export function testKills({ playUntil, nextWakes, writes }: KilledPrincipal): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ba-kill-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(Object.entries(scenarios))(
    "killed with %s",
    { timeout: 300_000 },
    async (_, { files, message, guest, givesUp }) => {
      let killed = true;
      for (let killAt = 0; killed; killAt++) {
        const left = await prepare(files);
        killed = wasKilled(playUntil(killAt, { root: left, message: message(left), guest }));
        const before = await copies(left);
        expect(before).toHaveLength(givesUp && before.length === 0 ? 0 : 1);
        for (const nextWake of nextWakes) {
          for (const messages of followUps) {
            const root = await mkdtemp(join(folder, "root-"));
            await cp(left, root, { recursive: true });
            let reply: Pick<SystemReply, "file"> | undefined;
            for (const next of messages) reply = await nextWake(root, next(root));
            const after = await copies(root);
            const end = reply?.file?.kind;
            expect(givesUp ? ["claimed", "deleted"] : ["claimed"]).toContain(end);
            expect(after).toEqual(end === "claimed" ? ["container/Library/Caches/a"] : []);
            expect(await rest(root)).toEqual([]);
          }
        }
      }
    },
  );

  test.each(writes.map((written) => [written.what, written] as const))(
    "killed while it writes %s: what was there, or what is new",
    { timeout: 300_000 },
    async (_, { call, path, read }) => {
      const seen = new Set<unknown>();
      let killed = true;
      for (let killAt = 0; killed; killAt++) {
        const root = await prepare({});
        const guest = { say: [{ call: call("old") }, { call: call("new") }], end: answered };
        killed = wasKilled(playUntil(killAt, { root, message: { kind: "extensionWillTerminate" }, guest }));
        const text = await readFile(join(root, path), "utf8").catch(() => null);
        seen.add(text === null ? null : read(text));
      }
      expect([...seen]).toEqual([null, "old", "new"]);
    },
  );

  test("killed while a file is copied: no copy, or all of it", { timeout: 300_000 }, async () => {
    const seen = new Set<unknown>();
    let killed = true;
    for (let killAt = 0; killed; killAt++) {
      const left = await prepare({ manifest: content });
      const copies = { call: { name: "file.copyTo", args: { token: "manifest", path: "copy" } } };
      const guest = { say: [copies], end: answered };
      killed = wasKilled(playUntil(killAt, { root: left, message: contentRequest(left), guest }));
      seen.add(await readFile(join(left, "container/Library/Caches/copy"), "utf8").catch(() => null));
      for (const nextWake of nextWakes) {
        const root = await mkdtemp(join(folder, "root-"));
        await cp(left, root, { recursive: true });
        await nextWake(root, contentRequest(root));
        expect(await rest(root)).toEqual([]);
      }
    }
    expect([...seen]).toEqual([null, content]);
  });
}

/** Whether the process was killed; else it has ended by itself. */
function wasKilled({ signal, status, stderr }: SpawnSyncReturns<string>): boolean {
  expect({ signal, status, stderr }).toEqual(
    signal === "SIGKILL" ? { signal, status: null, stderr: "" } : { signal: null, status: 0, stderr: "" },
  );
  return signal === "SIGKILL";
}

async function prepare(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(folder, "root-"));
  for (const [path, text] of Object.entries({ manifest: "[]", ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Where the file is, besides the principal's own temporary files. */
async function copies(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await paths(root)) if ((await readFile(join(root, path), "utf8")) === content) found.push(path);
  return found;
}

/** What a wake has left in the principal's folder that nobody needs any more. */
async function rest(root: string): Promise<string[]> {
  return (await paths(root)).filter((path) => /ba-extension\/(staging|temporary)\//.test(path));
}

async function paths(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
