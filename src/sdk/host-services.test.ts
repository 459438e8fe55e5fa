import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HostCallName } from "./host-calls.js";
import {
  BAError,
  downloadManager,
  native,
  settings,
  urlDownload,
  type Download,
  type DownloadRecord,
  type NativeFunctions,
  type URLDownload,
} from "./index.js";
import { toDownload } from "./download.js";
import { installHost, type Host } from "./host.js";

const calls: { readonly name: HostCallName; readonly args: unknown }[] = [];
/** What the host answers, by name; an `Error` rejects. */
let answers: Partial<Record<HostCallName, unknown>> = {};
const slot = Symbol.for("ba-extension.host");

beforeEach(() => {
  calls.length = 0;
  answers = {};
  installHost({
    // As on the wire: JSON in both directions.
    call: async (name: HostCallName, args: object) => {
      calls.push({ name, args: JSON.parse(JSON.stringify(args)) });
      const answer = answers[name] ?? null;
      if (answer instanceof Error) throw answer;
      return JSON.parse(JSON.stringify(answer));
    },
  } as unknown as Host);
});
afterEach(() => {
  delete (globalThis as { [slot]?: Host })[slot];
});

const record: DownloadRecord = {
  kind: "url",
  identifier: "a",
  uniqueIdentifier: "6F1A2B3C-0000-4000-8000-000000000001",
  essential: true,
  priority: "default",
  state: "failed",
};

describe("settings", () => {
  test("get() and set() encode property lists", async () => {
    answers["settings.get"] = { when: { $date: "1970-01-01T00:00:00.000Z" }, bytes: { $data: "AQ==" } };
    expect(await settings.get("key")).toEqual({ when: new Date(0), bytes: Uint8Array.of(1) });
    await settings.set("key", { when: new Date(0), bytes: Uint8Array.of(1) });
    await settings.remove("key");
    expect(calls).toEqual([
      { name: "settings.get", args: { key: "key" } },
      { name: "settings.set", args: { key: "key", value: answers["settings.get"] } },
      { name: "settings.set", args: { key: "key", value: null } },
    ]);
  });

  test("a key without a value gives null", async () => {
    expect(await settings.get("key")).toBeNull();
    expect(await settings.getJson("key")).toBeNull();
  });

  test("a value that is none is refused before anybody is asked", async () => {
    await expect(settings.set("key", { a: null } as never)).rejects.toThrow(
      expect.objectContaining({ code: "BA_SETTING_INVALID" }),
    );
    expect(calls).toEqual([]);
  });

  test("update() reads, changes and stores JSON", async () => {
    answers["settings.getJson"] = '{"count":1}';
    const updated = await settings.update<{ count: number }>("state", async (state) => ({
      count: (state?.count ?? 0) + 1,
    }));
    expect(updated).toEqual({ count: 2 });
    expect(calls).toEqual([
      { name: "settings.getJson", args: { key: "state" } },
      { name: "settings.setJson", args: { key: "state", json: '{"count":2}' } },
    ]);
  });

  test("update() does not store what is as before", async () => {
    answers["settings.getJson"] = '{"count":1}';
    expect(await settings.update("state", (state) => state)).toEqual({ count: 1 });
    expect(calls.map(({ name }) => name)).toEqual(["settings.getJson"]);
  });

  test("update() stores an object that was changed in place", async () => {
    answers["settings.getJson"] = '{"count":1}';
    await settings.update<{ count: number }>("state", (state) => Object.assign(state ?? {}, { count: 2 }));
    expect(calls.at(-1)?.args).toEqual({ key: "state", json: '{"count":2}' });
  });

  test("update() starts from null", async () => {
    expect(await settings.update<number>("state", (state) => (state ?? 0) + 1)).toBe(1);
  });

  test("update() that throws, or whose function does, stores nothing", async () => {
    await expect(
      settings.update("state", () => {
        throw new RangeError("no");
      }),
    ).rejects.toThrow(RangeError);
    answers["settings.getJson"] = "not JSON";
    await expect(settings.update("state", () => 1)).rejects.toThrow(
      expect.objectContaining({ code: "BA_SETTING_NOT_JSON", message: 'The data of setting "state" is not JSON.' }),
    );
    expect(calls.map(({ name }) => name)).toEqual(["settings.getJson", "settings.getJson"]);
  });

  test.each([
    ["undefined", undefined],
    ["function", () => 1],
    ["symbol", Symbol("s")],
  ])("%s is no JSON", async (kind, value) => {
    for (const store of [() => settings.setJson("state", value), () => settings.update("state", () => value)]) {
      await expect(store()).rejects.toThrow(BAError);
      await expect(store()).rejects.toThrow(
        expect.objectContaining({ code: "BA_SETTING_INVALID", message: `Setting "state" must be JSON, not ${kind}.` }),
      );
    }
    expect(calls.some(({ name }) => name === "settings.setJson")).toBe(false);
  });
});

describe("downloadManager", () => {
  test("schedule() of a new download sends all of it", async () => {
    answers["downloadManager.schedule"] = { ...record, state: "waiting" };
    const handle = await downloadManager.schedule(
      urlDownload({ identifier: "a", request: "https://a.example/a", fileSize: 1, priority: "max" }),
    );
    expect(handle).toMatchObject({ identifier: "a", state: "waiting" });
    expect(handle.removingEssential().essential).toBe(false);
    expect(calls).toEqual([
      {
        name: "downloadManager.schedule",
        args: {
          download: {
            identifier: "a",
            request: { url: "https://a.example/a" },
            fileSize: 1,
            essential: false,
            priority: "max",
          },
        },
      },
    ]);
  });

  test("schedule() of a handle sends its name, and whether it is essential", async () => {
    answers["downloadManager.schedule"] = record;
    const handle = toDownload(record);
    await downloadManager.schedule(handle);
    await downloadManager.schedule(handle.removingEssential());
    expect(calls.map(({ args }) => args)).toEqual([
      { identifier: "a", essential: true },
      { identifier: "a", essential: false },
    ]);
  });

  test("schedule() checks what urlDownload has not made", async () => {
    const download = { identifier: "a", request: "http://a.example/a", fileSize: 1 } as unknown as URLDownload;
    await expect(downloadManager.schedule(download)).rejects.toThrow(
      expect.objectContaining({ code: "BA_DOWNLOAD_INVALID" }),
    );
    expect(calls).toEqual([]);
  });

  test("cancel() names the very download, currentDownloads() gives handles", async () => {
    await downloadManager.cancel(toDownload(record));
    answers["downloadManager.currentDownloads"] = [record, { ...record, kind: "manifest" }];
    const current: readonly Download[] = await downloadManager.currentDownloads();
    expect(current.map(({ kind }) => kind)).toEqual(["url", "manifest"]);
    expect(current[0]?.removingEssential().essential).toBe(false);
    expect(calls).toEqual([
      { name: "downloadManager.cancel", args: { uniqueIdentifier: record.uniqueIdentifier } },
      { name: "downloadManager.currentDownloads", args: {} },
    ]);
  });

  test.each([
    [undefined, {}],
    [{}, {}],
    [{ before: 5 }, { before: 5 }],
    [{ before: new Date(5) }, { before: 5 }],
  ])("withExclusiveControl() with %j takes control, runs the body and gives control back", async (options, args) => {
    const body = async (): Promise<string> => (calls.push({ name: "notify", args: "the body" }), "result");
    expect(await downloadManager.withExclusiveControl(body, options)).toBe("result");
    expect(calls).toEqual([
      { name: "downloadManager.acquireExclusiveControl", args },
      { name: "notify", args: "the body" },
      { name: "downloadManager.releaseExclusiveControl", args: {} },
    ]);
  });

  test("withExclusiveControl() gives control back when the body throws", async () => {
    const body = (): never => {
      throw new RangeError("no");
    };
    await expect(downloadManager.withExclusiveControl(body)).rejects.toThrow(RangeError);
    expect(calls.at(-1)?.name).toBe("downloadManager.releaseExclusiveControl");
  });

  test("withExclusiveControl() that is refused runs nothing, and gives nothing back", async () => {
    answers["downloadManager.acquireExclusiveControl"] = new BAError("BA_EXCLUSIVE_CONTROL", "taken");
    await expect(downloadManager.withExclusiveControl(() => expect.fail("ran"))).rejects.toThrow("taken");
    expect(calls).toHaveLength(1);
  });
});

describe("native.call()", () => {
  const call = native.call as (name: keyof NativeFunctions | string, argument?: unknown) => Promise<unknown>;

  test.each([
    [undefined, null],
    ["dlc", "dlc"],
    [{ since: 1 }, { since: 1 }],
    [false, false],
  ])("sends %j as one value", async (argument, args) => {
    answers["native.call"] = ["a"];
    expect(await call("purchases", argument)).toEqual(["a"]);
    expect(calls).toEqual([{ name: "native.call", args: { name: "purchases", args } }]);
  });
});

test("outside a callback each says that it was called too early", async () => {
  delete (globalThis as { [slot]?: Host })[slot];
  for (const early of [
    () => settings.get("a"),
    () => settings.set("a", 1),
    () => settings.setJson("a", 1),
    () => settings.update("a", () => 1),
    () => downloadManager.currentDownloads(),
    () => downloadManager.schedule(toDownload(record)),
    () => downloadManager.withExclusiveControl(() => 1),
  ]) {
    await expect(early()).rejects.toThrow(expect.objectContaining({ code: "BA_NO_HOST" }));
  }
});
