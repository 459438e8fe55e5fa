import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GuestReply, HostReply } from "../protocol/guest.js";
import type { SystemMessage } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { UserError } from "../diagnostics/index.js";
import { handleSystemMessage, type GuestConnection, type PrincipalOptions } from "./index.js";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ba-principal-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const fulfilled: GuestReply = { status: "fulfilled", value: null };

/** A process that answers every event at once; records when it is stopped. */
class QuickGuest implements GuestConnection {
  readonly pid = 1;
  readonly engine = "node";
  readonly engineVersion = "0";
  readonly callbacks: readonly string[] = [];
  readonly downloads: readonly URLDownloadMessage[];
  readonly reply: GuestReply;
  stopped = 0;

  constructor(reply: GuestReply = fulfilled, downloads: readonly URLDownloadMessage[] = []) {
    this.reply = reply;
    this.downloads = downloads;
  }

  async dispatch(...[, , on]: Parameters<GuestConnection["dispatch"]>) {
    this.downloads.forEach((download) => on.download(download));
    return { outcome: "answered", reply: this.reply } as const;
  }

  async stop(): Promise<void> {
    this.stopped += 1;
  }

  async ping(): Promise<void> {}
  kill(): void {}

  privateDirtyBytes(): number {
    return 4096;
  }
}

const options = (guest: GuestConnection, changes: Partial<PrincipalOptions> = {}): PrincipalOptions => ({
  launch: async () => guest,
  container: join(root, "container"),
  applicationGroupIdentifier: "group.example",
  deadlines: {
    load: 1,
    downloads: 2,
    didReceiveChallenge: 3,
    downloadFailed: 4,
    downloadFinished: 5,
    extensionWillTerminate: 6,
  },
  mapError: ({ message, hint }) => ({ message, hint: hint ?? null, location: null }),
  now: () => 0,
  ...changes,
});

async function finished(): Promise<SystemMessage> {
  const path = join(root, "finished");
  await writeFile(path, "content");
  const download = {
    kind: "url",
    identifier: "a",
    uniqueIdentifier: "A",
    essential: false,
    priority: "default",
    state: "finished",
  } as const;
  return { kind: "downloadFinished", download, path };
}

async function contentRequest(): Promise<SystemMessage> {
  const manifestPath = join(root, "manifest.json");
  await writeFile(manifestPath, "[]");
  const extensionInfo = { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null };
  return { kind: "contentRequest", rawValue: 1, manifestPath, extensionInfo };
}

test("a message of an unknown kind is a typed error, and starts no process", async () => {
  const guest = new QuickGuest();
  // What a user's own event file may hold.
  const message = { kind: "appLaunched" } as unknown as SystemMessage;
  const answer = handleSystemMessage(message, options(guest));
  await expect(answer).rejects.toThrow(UserError);
  await expect(answer).rejects.toMatchObject({
    code: "BA_MESSAGE_INVALID",
    hint: expect.stringContaining("contentRequest"),
  });
  expect(guest.stopped).toBe(0);
});

test("the process is stopped, and what it cost is told", async () => {
  const guest = new QuickGuest();
  const reply = await handleSystemMessage({ kind: "extensionWillTerminate" }, options(guest));
  expect(guest.stopped).toBe(1);
  expect(reply.privateDirtyBytes).toBe(4096);
  expect(reply.processMs).toBeGreaterThanOrEqual(reply.durationMs);
});

test("the deadline is the callback's own", async () => {
  const deadlines: number[] = [];
  const guest = new (class extends QuickGuest {
    override dispatch(...parameters: Parameters<GuestConnection["dispatch"]>) {
      deadlines.push(parameters[1]);
      return super.dispatch(...parameters);
    }
  })();
  await handleSystemMessage(await contentRequest(), options(guest));
  await handleSystemMessage(await finished(), options(guest));
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(guest));
  expect(deadlines).toEqual([2, 5, 6]);
});

test("a bug of ours is not taken for a failure of the handler, and loses no file", async () => {
  const launch = async (): Promise<never> => {
    throw new TypeError("a bug");
  };
  await expect(handleSystemMessage(await finished(), options(new QuickGuest(), { launch }))).rejects.toThrow("a bug");
  expect(await readdir(join(root, "container/Library/Caches/ba-extension/staging"))).toEqual(["A", "A.json"]);
});

test("diagnostics point at the callback, or at the key that they are about", async () => {
  const asked: string[] = [];
  const mapError: PrincipalOptions["mapError"] = ({ message }, callback) => {
    asked.push(callback);
    return { message, hint: null, location: { file: "/handler.ts", line: 3, column: 5 } };
  };
  const threw = (code: string, message: string) => new QuickGuest({ status: "rejected", error: { code, message } });
  const { diagnostics } = await handleSystemMessage(
    await contentRequest(),
    options(threw("BA_HANDLER_THREW", '"x"'), { mapError }),
  );
  await handleSystemMessage(
    await contentRequest(),
    options(threw("BA_HANDLER_NOT_FUNCTION", '"downloadFailed" must be a function.'), { mapError }),
  );
  expect(asked).toEqual(["downloads", "downloadFailed"]);
  expect(diagnostics).toMatchObject([{ location: { file: "/handler.ts", line: 3, column: 5 } }]);
});

test("the download table, which may hold credentials, is for its owner only", async () => {
  const request = { url: "https://assets.example.com/a", headers: { Authorization: "Bearer secret" } };
  const download = { identifier: "a", request, fileSize: 1, essential: false, priority: "default" } as const;
  const reply = await handleSystemMessage(await contentRequest(), options(new QuickGuest(fulfilled, [download])));
  const { mode } = await stat(join(root, "container/Library/Caches/ba-extension/downloads.json"));
  expect(mode & 0o777).toBe(0o600);
  expect(JSON.stringify([reply.logs, reply.diagnostics])).not.toContain("secret");
});

test("diagnostics of an invalid download quote neither its URL nor its headers", async () => {
  const request = { url: "http://user:secret@assets.example.com/a", headers: { "X A": "secret" } };
  const download = { identifier: "a", request, fileSize: 1, essential: false, priority: "default" } as const;
  const { diagnostics } = await handleSystemMessage(
    await contentRequest(),
    options(new QuickGuest(fulfilled, [download])),
  );
  expect(diagnostics).toMatchObject([{ code: "BA_DOWNLOAD_INVALID" }]);
  expect(JSON.stringify(diagnostics)).not.toContain("secret");
});

test("a damaged table or sidecar is as good as none", async () => {
  const folder = join(root, "container/Library/Caches/ba-extension");
  await mkdir(join(folder, "staging"), { recursive: true });
  await writeFile(join(folder, "downloads.json"), "{");
  await writeFile(join(folder, "staging/A.json"), "{");
  const reply = await handleSystemMessage(await finished(), options(new QuickGuest()));
  expect(reply).toMatchObject({ outcome: "answered", file: { kind: "deleted" } });
  expect(await readdir(join(folder, "staging"))).toEqual([]);
});

test("host calls before the event are refused", async () => {
  const replies: HostReply[] = [];
  const launch: PrincipalOptions["launch"] = async ({ onHostCall }) => {
    replies.push(await onHostCall({ name: "storage.available", args: {} }));
    return new QuickGuest();
  };
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch }));
  expect(replies).toMatchObject([{ ok: false, error: { code: "BA_EVENT_ENDED" } }]);
});

test("storage.available tells the free bytes of the volume", async () => {
  const replies: HostReply[] = [];
  const launch: PrincipalOptions["launch"] = async ({ onHostCall }) =>
    new (class extends QuickGuest {
      override async dispatch(...parameters: Parameters<GuestConnection["dispatch"]>) {
        replies.push(await onHostCall({ name: "storage.available", args: {} }));
        return super.dispatch(...parameters);
      }
    })();
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch }));
  expect(replies).toEqual([{ ok: true, value: expect.any(Number) }]);
});
