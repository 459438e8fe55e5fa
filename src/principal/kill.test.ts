/** A wake that is killed before any of its file operations: the next one finds every file, once. */
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GuestEvent } from "../protocol/guest.js";
import type { SystemMessage, SystemReply } from "../protocol/system.js";
import { handleSystemMessage, type GuestConnection, type PrincipalOptions } from "./index.js";
import { parsePropertyList } from "./property-list.js";
import type { KillArguments } from "./testing/kill-child.js";
import { quickOptions } from "./testing/quick-options.js";
import type { Vector } from "./vectors/format.js";

type Guest = Vector["guest"];

let folder = "";
let program = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ba-kill-"));
  program = join(folder, "child.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "testing/kill-child.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const uniqueIdentifier = "6F1A2B3C-0000-4000-8000-000000000001";
const content = "content of a file";
const staged = `container/Library/Caches/ba-extension/staging/${uniqueIdentifier}`;
const download = {
  kind: "url",
  identifier: "a",
  uniqueIdentifier,
  essential: false,
  priority: "default",
  state: "finished",
} as const;
const finished = (root: string): SystemMessage => ({
  kind: "downloadFinished",
  download,
  path: join(root, "finished"),
});
const contentRequest = (root: string): SystemMessage => ({
  kind: "contentRequest",
  rawValue: 3,
  manifestPath: join(root, "manifest"),
  extensionInfo: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
});

const answered = { outcome: "answered", reply: { status: "fulfilled", value: null } } as const;
const token = { token: uniqueIdentifier };
const moves: Guest = { say: [{ call: { name: "file.moveTo", args: { ...token, path: "a" } } }], end: answered };

const kept = { [staged]: content, [`${staged}.json`]: JSON.stringify({ download, attempt: 1, bytes: content.length }) };
const delivered = { finished: content };

interface Scenario {
  readonly files: Readonly<Record<string, string>>;
  readonly message: (root: string) => SystemMessage;
  readonly guest: Guest;
  /** Whether the handler may have given the file up. */
  readonly givesUp?: true;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  "a file that is claimed": { files: delivered, message: finished, guest: moves },
  "a file that is given up": {
    files: delivered,
    message: finished,
    guest: { say: [], end: answered },
    givesUp: true,
  },
  "a file that is kept": {
    files: delivered,
    message: finished,
    guest: { say: [{ call: { name: "file.keep", args: token } }], end: answered },
  },
  "a move that fails, then one that does not": {
    files: { ...delivered, "container/Library/Caches/folder/x": "x" },
    message: finished,
    guest: {
      say: [{ call: { name: "file.moveTo", args: { ...token, path: "folder" } } }, ...moves.say],
      end: answered,
    },
  },
  "a file that is offered again and claimed": {
    files: kept,
    message: contentRequest,
    guest: { reoffers: [moves], say: [], end: answered },
  },
  "a file that is offered again and given up": {
    files: kept,
    message: contentRequest,
    guest: { reoffers: [{ say: [], end: answered }], say: [], end: answered },
    givesUp: true,
  },
};

/** What may come after a kill; the system delivers again what it knows no answer to. */
const followUps: readonly (readonly ((root: string) => SystemMessage)[])[] = [
  [finished],
  [contentRequest, finished],
  [finished, finished],
];

test.each(Object.entries(scenarios))(
  "killed with %s",
  { timeout: 300_000 },
  async (_, { files, message, guest, givesUp }) => {
    let killed = true;
    for (let killAt = 0; killed; killAt++) {
      const left = await prepare(files);
      killed = playUntil(killAt, { root: left, message: message(left), guest });
      const before = await copies(left);
      expect(before).toHaveLength(givesUp && before.length === 0 ? 0 : 1);
      for (const messages of followUps) {
        const root = await mkdtemp(join(folder, "root-"));
        await cp(left, root, { recursive: true });
        let reply: SystemReply | undefined;
        for (const next of messages) reply = await handleSystemMessage(next(root), options(root));
        const after = await copies(root);
        if (reply?.file?.kind === "claimed") expect(after).toEqual(["container/Library/Caches/a"]);
        else expect([givesUp, reply?.file, after]).toEqual([true, { kind: "deleted" }, []]);
        expect(await rest(root)).toEqual([]);
      }
    }
  },
);

test("killed while settings are written: the old ones, or the new ones", async () => {
  const path = "container/Library/Preferences/group.example.plist";
  const set = (value: string) => ({ call: { name: "settings.set", args: { key: "a", value } } });
  const seen = new Set<unknown>();
  let killed = true;
  for (let killAt = 0; killed; killAt++) {
    const root = await prepare({});
    const guest: Guest = { say: [set("old"), set("new")], end: answered };
    killed = playUntil(killAt, { root, message: { kind: "extensionWillTerminate" }, guest });
    const text = await readFile(join(root, path), "utf8").catch(() => null);
    seen.add(text === null ? null : parsePropertyList(text)["a"]);
    await rm(root, { recursive: true });
  }
  expect([...seen]).toEqual([null, "old", "new"]);
});

test("killed while a file is copied: no copy, or all of it", async () => {
  const seen = new Set<unknown>();
  let killed = true;
  for (let killAt = 0; killed; killAt++) {
    const root = await prepare({ manifest: content });
    const guest: Guest = {
      say: [{ call: { name: "file.copyTo", args: { token: "manifest", path: "copy" } } }],
      end: answered,
    };
    killed = playUntil(killAt, { root, message: contentRequest(root), guest });
    seen.add(await readFile(join(root, "container/Library/Caches/copy"), "utf8").catch(() => null));
    await handleSystemMessage(contentRequest(root), options(root));
    expect(await rest(root)).toEqual([]);
    await rm(root, { recursive: true });
  }
  expect([...seen]).toEqual([null, content]);
});

async function prepare(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(folder, "root-"));
  for (const [path, text] of Object.entries({ manifest: "[]", ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Whether the process was killed; else it has ended by itself. */
function playUntil(killAt: number, given: KillArguments): boolean {
  const { signal, status, stderr } = spawnSync(process.execPath, [program, String(killAt), JSON.stringify(given)], {
    encoding: "utf8",
  });
  expect({ signal, status, stderr }).toEqual(
    signal === "SIGKILL" ? { signal, status: null, stderr: "" } : { signal: null, status: 0, stderr: "" },
  );
  return signal === "SIGKILL";
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

/** The next wake, whose handler claims every file that it is offered. */
function options(root: string): PrincipalOptions {
  return quickOptions(join(root, "container"), async ({ onHostCall }) => {
    const connection: GuestConnection = {
      pid: 1,
      engine: "node",
      engineVersion: "0",
      callbacks: [],
      async dispatch(event: GuestEvent) {
        if (event.kind === "downloadFinished") {
          const args = { token: event.file.token, path: "a" };
          expect(await onHostCall({ name: "file.moveTo", args })).toMatchObject({ ok: true });
        }
        return answered;
      },
      stop: async () => {},
      ping: async () => {},
      kill: () => {},
      privateDirtyBytes: () => null,
    };
    return connection;
  });
}
