import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GuestReply, HostReply } from "../protocol/guest.js";
import type { SystemMessage } from "../protocol/system.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { UserError } from "../diagnostics/index.js";
import { handleSystemMessage, type GuestConnection, type GuestHooks, type PrincipalOptions } from "./index.js";
import { quickOptions } from "./testing/quick-options.js";
import { scriptedSystem } from "./testing/scripted.js";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ba-principal-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const fulfilled: GuestReply = { status: "fulfilled", value: null };
const threw: GuestReply = { status: "rejected", error: { code: "BA_HANDLER_THREW", message: "Error: broken" } };

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
  ...quickOptions(join(root, "container"), async () => guest),
  ...changes,
});

/** A launch whose handler does something with its host while it answers, and what it was told. */
function calling(work: (onHostCall: GuestHooks["onHostCall"]) => Promise<void>): PrincipalOptions["launch"] {
  return async ({ onHostCall }) =>
    new (class extends QuickGuest {
      override async dispatch(...parameters: Parameters<GuestConnection["dispatch"]>) {
        await work(onHostCall);
        return super.dispatch(...parameters);
      }
    })();
}

const challenge: SystemMessage = {
  kind: "challenge",
  challenge: {
    protectionSpace: {
      host: "assets.example.com",
      port: 443,
      protocol: "https",
      realm: null,
      method: "httpBasic",
      rawMethod: "NSURLAuthenticationMethodHTTPBasic",
      isProxy: false,
      receivesCredentialSecurely: true,
    },
    previousFailureCount: 0,
  },
  download: {
    kind: "url",
    identifier: "c",
    uniqueIdentifier: "C",
    essential: false,
    priority: "default",
    state: "waiting",
  },
};

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

test.each(["unmanaged", "managed", "store"] as const)(
  "an extension of mode %s is sent its messages only",
  async (mode) => {
    const assetPack = { id: "a", version: 1, downloadSize: 1, language: null, userInfo: null, description: "" };
    const managed = { kind: "shouldDownload", assetPack } as const;
    const unmanaged = { kind: "extensionWillTerminate" } as const;
    const [own, other] = mode === "unmanaged" ? [unmanaged, managed] : [managed, unmanaged];
    const guest = new QuickGuest({ status: "fulfilled", value: true });
    const given = options(guest, { mode });
    await expect(handleSystemMessage(own, given)).resolves.toMatchObject({ outcome: "answered" });
    await expect(handleSystemMessage(other, given)).rejects.toMatchObject({
      code: "BA_MESSAGE_INVALID",
      message: expect.stringContaining(`an extension of mode "${mode}" hears of no ${other.kind}.`),
      hint: expect.stringMatching(mode === "unmanaged" ? /contentRequest/ : /shouldDownload/),
    });
    expect(guest.stopped).toBe(1);
  },
);

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
  const assetPack = { id: "a", version: 1, downloadSize: 1, language: null, userInfo: null, description: "" };
  await handleSystemMessage({ kind: "shouldDownload", assetPack }, options(guest, { mode: "managed" }));
  expect(deadlines).toEqual([2, 5, 6, 7]);
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
  const launch = calling(async (host) => void replies.push(await host({ name: "storage.available", args: {} })));
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch }));
  expect(replies).toEqual([{ ok: true, value: expect.any(Number) }]);
});

test("an exclusive move that waits for control does not hold up the end of its event", async () => {
  const replies: Promise<HostReply>[] = [];
  let asked = (): void => {};
  const waiting = new Promise<void>((resolve) => void (asked = resolve));
  const system: PrincipalOptions["system"] = {
    ...scriptedSystem().services,
    acquireExclusiveControl: () => {
      asked();
      return new Promise(() => {});
    },
  };
  const launch = calling(async (host) => {
    replies.push(host({ name: "file.moveTo", args: { token: "A", path: "a", exclusive: true } }));
    await waiting;
  });
  const reply = await handleSystemMessage(await finished(), options(new QuickGuest(), { launch, system }));
  expect(reply.file).toEqual({ kind: "deleted" });
  expect(await Promise.all(replies)).toMatchObject([{ ok: false, error: { code: "BA_EXCLUSIVE_CONTROL" } }]);
});

test("what is held is given back when the process has ended, and what a function of the app does, is not waited for", async () => {
  const order: string[] = [];
  const system: PrincipalOptions["system"] = {
    ...scriptedSystem().services,
    releaseExclusiveControl: () => void order.push("release"),
  };
  const nativeFunctions = { forever: () => new Promise(() => {}) };
  const guest = new (class extends QuickGuest {
    override async stop() {
      order.push("stop");
    }
  })();
  const launch: PrincipalOptions["launch"] = async ({ onHostCall }) => {
    guest.dispatch = async () => {
      void onHostCall({ name: "native.call", args: { name: "forever", args: null } });
      return { outcome: "answered", reply: fulfilled };
    };
    return guest;
  };
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(guest, { launch, system, nativeFunctions }));
  expect(order).toEqual(["stop", "release"]);
});

test("what a function of the app returns must be JSON", async () => {
  const replies: HostReply[] = [];
  const circular: unknown[] = [];
  circular.push(circular);
  const nativeFunctions: PrincipalOptions["nativeFunctions"] = {
    circular: () => circular,
    function: () => () => 1,
    integer: () => 1n,
    nothing: () => undefined,
    date: () => new Date(0),
    text: () => {
      throw "a text";
    },
  };
  const launch = calling(async (host) => {
    for (const name of Object.keys(nativeFunctions)) {
      replies.push(await host({ name: "native.call", args: { name, args: null } }));
    }
  });
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch, nativeFunctions }));
  const notJson = { code: "BA_NATIVE_FAILED", message: expect.stringContaining("returned what is not JSON") };
  expect(replies).toEqual([
    { ok: false, error: notJson },
    { ok: false, error: notJson },
    { ok: false, error: notJson },
    { ok: true, value: null },
    { ok: true, value: "1970-01-01T00:00:00.000Z" },
    { ok: false, error: { code: "BA_NATIVE_FAILED", message: 'Native function "text" failed: a text' } },
  ]);
});

test("unknown keys of an answer to a challenge are dropped", async () => {
  const value = { disposition: "cancelChallenge", credential: { user: "u", password: "secret" }, more: 1 };
  const reply = await handleSystemMessage(challenge, options(new QuickGuest({ status: "fulfilled", value })));
  expect(reply.answer).toEqual({ kind: "challenge", answer: { disposition: "cancelChallenge" } });
  expect(JSON.stringify(reply)).not.toContain("secret");
});

test("shared defaults are for their owner only", async () => {
  const launch = calling(
    async (host) => void (await host({ name: "settings.set", args: { key: "a", value: "private" } })),
  );
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch }));
  const { mode } = await stat(join(root, "container/Library/Preferences/group.example.plist"));
  expect(mode & 0o777).toBe(0o600);
});

test("the parser's complaints about shared defaults do not reach the console", async () => {
  const complaint = vi.spyOn(console, "error");
  await mkdir(join(root, "container/Library/Preferences"), { recursive: true });
  await writeFile(join(root, "container/Library/Preferences/group.example.plist"), "<plist>");
  const replies: HostReply[] = [];
  const launch = calling(async (host) => void replies.push(await host({ name: "settings.get", args: { key: "a" } })));
  await handleSystemMessage({ kind: "extensionWillTerminate" }, options(new QuickGuest(), { launch }));
  expect(replies).toMatchObject([{ ok: false, error: { code: "BA_SETTINGS_UNREADABLE" } }]);
  expect(complaint).not.toHaveBeenCalled();
  complaint.mockRestore();
});

test("the copy of a read-only manifest can be written", async () => {
  const message = await contentRequest();
  await chmod(join(root, "manifest.json"), 0o444);
  const launch = calling(
    async (host) => void (await host({ name: "file.copyTo", args: { token: "manifest", path: "copy" } })),
  );
  await handleSystemMessage(message, options(new QuickGuest(), { launch }));
  expect((await stat(join(root, "container/Library/Caches/copy"))).mode & 0o777).toBe(0o644);
});

test("a volume on which nothing can be written any more costs no file", async () => {
  // Stands for a full one: no temporary file can be made.
  await mkdir(join(root, "container/Library/Caches/ba-extension"), { recursive: true });
  await writeFile(join(root, "container/Library/Caches/ba-extension/temporary"), "");
  const kept = await handleSystemMessage(await finished(), options(new QuickGuest(threw)));
  expect(kept.file).toMatchObject({ kind: "kept" });
  const launch = calling(async (host) => void (await host({ name: "file.moveTo", args: { token: "A", path: "a" } })));
  const claimed = await handleSystemMessage(await finished(), options(new QuickGuest(), { launch }));
  expect(claimed.file).toMatchObject({ kind: "claimed" });
  expect(await readFile(join(root, "container/Library/Caches/a"), "utf8")).toBe("content");
});
