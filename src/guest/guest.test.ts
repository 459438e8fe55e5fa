import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GuestReply } from "../protocol/guest.js";
import type { FileReader, FinishedFile, URLDownloadOptions } from "../sdk/index.js";
import {
  BAError,
  clock,
  environment,
  log,
  performDefaultHandling,
  storage,
  urlDownload,
  useCredential,
} from "../sdk/index.js";
import { challenge, contentRequest, download, failed, finished } from "./testing/events.js";
import { Engine } from "./testing/engine.js";

const folder = mkdtempSync(join(tmpdir(), "ba-guest-"));
afterAll(() => rmSync(folder, { recursive: true }));

let engine: Engine;
const start = (handler: unknown, changes?: ConstructorParameters<typeof Engine>[1]): Engine =>
  (engine = new Engine(handler, changes));
beforeEach(() => start({}));
afterEach(() => engine[Symbol.dispose]());

const fulfilled: GuestReply = { status: "fulfilled", value: null };
const rejected = (code: string, message?: string | RegExp): object => ({
  status: "rejected",
  error: {
    code,
    ...(message !== undefined && { message: typeof message === "string" ? message : expect.stringMatching(message) }),
  },
});
const file = (name: string, content: string | Uint8Array): { path: string; size: number } => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, size: Buffer.byteLength(content) };
};
const asset = (identifier: string, changes: Partial<URLDownloadOptions> = {}) =>
  urlDownload({ identifier, request: `https://assets.example.com/${identifier}`, fileSize: 10, ...changes });
const identifiers = (): string[] => engine.emitted.map(([, identifier]) => identifier);

describe("loading", () => {
  test.each([
    ["undefined", undefined, "BA_HANDLER_NOT_OBJECT", "not undefined"],
    ["null", null, "BA_HANDLER_NOT_OBJECT", "not null"],
    ["an array", [], "BA_HANDLER_NOT_OBJECT", "not array"],
    ["a function", () => ({}), "BA_HANDLER_NOT_OBJECT", "not function"],
    ["an unknown key", { downlods() {} }, "BA_HANDLER_UNKNOWN_KEY", '"downlods" is no callback'],
    ["a value", { downloads: [] }, "BA_HANDLER_NOT_FUNCTION", '"downloads" must be a function, not array'],
    ["null for a callback", { downloadFailed: null }, "BA_HANDLER_NOT_FUNCTION", "not null"],
  ])("refuses %s", (_, handler, code, message) => {
    expect(() => new Engine(handler)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test("lists the callbacks, also those of a class", () => {
    class Handler {
      downloads() {
        return [];
      }
      downloadFailed = undefined;
    }
    expect(start(new Handler()).callbacks).toEqual(["downloads"]);
    expect(start({ downloads: () => [], downloadFailed: undefined }).callbacks).toEqual(["downloads"]);
  });
});

describe("events", () => {
  test.each([contentRequest(), challenge, failed, finished(), { kind: "extensionWillTerminate" } as const])(
    "$kind without its callback is not implemented",
    async (event) => {
      expect(await engine.dispatch(event)).toEqual({ status: "notImplemented" });
    },
  );

  test("callbacks get what they declare, as methods of the handler", async () => {
    const seen: unknown[] = [];
    const handler = {
      downloadFailed(...values: unknown[]) {
        seen.push(this, ...values);
      },
    };
    start(handler);
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
    expect(seen).toEqual([handler, download, failed.error]);
  });

  test("a context says what the system asks for, and nothing of the message", async () => {
    let context: object = {};
    start({ downloads: (given: object) => ((context = given), []) });
    await engine.dispatch(
      contentRequest({ contentRequest: "unknown", contentRequestRawValue: 9, essentialAllowed: false }),
    );
    expect(context).toMatchObject({
      contentRequest: "unknown",
      contentRequestRawValue: 9,
      essentialAllowed: false,
      info: contentRequest().info,
    });
    expect(context).not.toHaveProperty("kind");
  });

  test("callbacks run one after another; challenges do not wait", async () => {
    const order: string[] = [];
    const gate: (() => void)[] = [];
    start({
      async downloads() {
        order.push("downloads starts");
        await new Promise<void>((resolve) => gate.push(resolve));
        order.push("downloads ends");
        return [];
      },
      downloadFailed: () => void order.push("failed"),
      didReceiveChallenge: () => (order.push("challenge"), performDefaultHandling()),
    });
    const first = engine.dispatch(contentRequest());
    const second = engine.dispatch(failed);
    await engine.dispatch(challenge);
    expect(order).toEqual(["downloads starts", "challenge"]);
    gate[0]?.();
    await Promise.all([first, second]);
    expect(order).toEqual(["downloads starts", "challenge", "downloads ends", "failed"]);
    expect(engine.replies.map(({ event }) => event)).toEqual([3, 1, 2]);
  });

  test("the turn passes on after a callback that throws", async () => {
    start({
      downloadFailed() {
        throw new Error("broken");
      },
    });
    const replies = await Promise.all([engine.dispatch(failed), engine.dispatch(failed)]);
    expect(replies).toMatchObject([rejected("BA_HANDLER_THREW"), rejected("BA_HANDLER_THREW")]);
  });

  test.each(["downloadFailed", "downloadFinished", "extensionWillTerminate"] as const)(
    "%s may not be a generator",
    async (name) => {
      start({ *[name]() {} });
      const event = {
        downloadFailed: failed,
        downloadFinished: finished(),
        extensionWillTerminate: { kind: "extensionWillTerminate" } as const,
      }[name];
      expect(await engine.dispatch(event)).toMatchObject(
        rejected("BA_HANDLER_RESULT_INVALID", `${name} must return nothing, not a generator.`),
      );
    },
  );

  test("what the other callbacks return means nothing", async () => {
    start({ downloadFailed: () => "a path" });
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
  });
});

describe("downloads", () => {
  test.each<[string, () => unknown]>([
    ["an array", () => [asset("a"), asset("b")]],
    ["a promise", async () => [asset("a"), asset("b")]],
    ["an iterable", () => new Set([asset("a"), asset("b")])],
    [
      "a generator",
      function* () {
        yield* [asset("a"), asset("b")];
      },
    ],
    [
      "an async generator",
      async function* () {
        yield* [asset("a"), asset("b")];
      },
    ],
    ["a promise of an iterable", async () => [asset("a"), asset("b")].values()],
  ])("may be %s", async (_, downloads) => {
    start({ downloads });
    expect(await engine.dispatch(contentRequest())).toEqual(fulfilled);
    expect(identifiers()).toEqual(["a", "b"]);
  });

  test("leave as plain arguments", async () => {
    const request = {
      url: "https://assets.example.com/b",
      method: "POST",
      headers: { "X-A": "1", "X-B": "2" },
      allowsCellularAccess: false,
    };
    start({
      downloads: () => [
        asset("a"),
        asset("b", { request, essential: true, priority: "max", applicationGroupIdentifier: "group.other" }),
      ],
    });
    await engine.dispatch(contentRequest());
    expect(engine.emitted).toEqual([
      [1, "a", "https://assets.example.com/a", 10, false, 1, undefined, undefined],
      [
        1,
        "b",
        "https://assets.example.com/b",
        10,
        true,
        2,
        "group.other",
        expect.objectContaining({ method: "POST", headers: ["X-A", "1", "X-B", "2"], allowsCellularAccess: false }),
      ],
    ]);
  });

  test("leave as they are yielded, and the generator is closed when one is wrong", async () => {
    let closed = false;
    start({
      async *downloads() {
        try {
          yield asset("a");
          expect(identifiers()).toEqual(["a"]);
          yield 5;
          yield asset("never");
        } finally {
          closed = true;
        }
      },
    });
    expect(await engine.dispatch(contentRequest())).toMatchObject(
      rejected("BA_DOWNLOAD_INVALID", "downloads()[1] must be a download, not number."),
    );
    expect(closed).toBe(true);
    expect(identifiers()).toEqual(["a"]);
    expect(engine.replies).toHaveLength(1);
  });

  test("an object that urlDownload has not made is checked like one", async () => {
    start({
      downloads: () => [
        { identifier: "a", request: { url: "https://a.example/" }, fileSize: 1 },
        { identifier: "b", request: { url: "http://a.example/" }, fileSize: 1 },
      ],
    });
    expect(await engine.dispatch(contentRequest())).toMatchObject(
      rejected("BA_DOWNLOAD_INVALID", /^Download "b": `request` must be an https: URL/),
    );
    expect(identifiers()).toEqual(["a"]);
  });

  test.each([
    [null, "null"],
    [undefined, "undefined"],
    ["a", "string"],
    [[], "array"],
    [Promise.resolve(), "object"],
  ])("an element %s is none", async (element, kind) => {
    start({ downloads: () => [element] });
    const message =
      kind === "object" ? /^Download undefined: `identifier`/ : `downloads()[0] must be a download, not ${kind}.`;
    expect(await engine.dispatch(contentRequest())).toMatchObject(rejected("BA_DOWNLOAD_INVALID", message));
  });

  test.each([
    ["a string", "string"],
    [undefined, "undefined"],
    [null, "null"],
    [{}, "object"],
    [7, "number"],
  ])("%s is no answer", async (answer, kind) => {
    start({ downloads: () => answer });
    const message = `downloads must return an iterable of downloads, not ${kind}.`;
    expect(await engine.dispatch(contentRequest())).toMatchObject(rejected("BA_HANDLER_RESULT_INVALID", message));
  });

  test("an identifier may be there once", async () => {
    start({ downloads: () => [asset("a"), asset("b"), asset("a")] });
    expect(await engine.dispatch(contentRequest())).toMatchObject(
      rejected("BA_DUPLICATE_IDENTIFIER", 'downloads()[2] repeats identifier "a".'),
    );
    expect(await engine.dispatch(contentRequest())).toMatchObject(rejected("BA_DUPLICATE_IDENTIFIER"));
  });

  test("essential ones need permission", async () => {
    start({ downloads: () => [asset("a", { essential: true })] });
    expect(await engine.dispatch(contentRequest())).toEqual(fulfilled);
    const periodic = contentRequest({ contentRequest: "periodic", essentialAllowed: false });
    expect(await engine.dispatch(periodic)).toMatchObject(
      rejected("BA_ESSENTIAL_NOT_ALLOWED", 'downloads()[0] "a" may not be essential.'),
    );
  });
});

describe("challenges", () => {
  test("are answered, with the default persistence filled in", async () => {
    start({ didReceiveChallenge: async () => useCredential({ user: "app", password: "secret" }) });
    expect(await engine.dispatch(challenge)).toEqual({
      status: "fulfilled",
      value: {
        disposition: "useCredential",
        credential: { user: "app", password: "secret", persistence: "forSession" },
      },
    });
    start({ didReceiveChallenge: performDefaultHandling });
    expect(await engine.dispatch(challenge)).toEqual({
      status: "fulfilled",
      value: { disposition: "performDefaultHandling" },
    });
  });

  test.each([
    undefined,
    "secret",
    {},
    { disposition: "cancelAuthenticationChallenge" },
    { disposition: "useCredential" },
    { disposition: "useCredential", credential: null },
    { disposition: "useCredential", credential: { user: "app", password: ["secret"] } },
    { disposition: "useCredential", credential: { user: "app", password: "secret", persistence: "forever" } },
  ])("%j is no answer, and is not repeated in the error", async (answer) => {
    start({ didReceiveChallenge: () => answer });
    const reply = await engine.dispatch(challenge);
    expect(reply).toMatchObject(
      rejected("BA_HANDLER_RESULT_INVALID", "didReceiveChallenge must return an answer to the challenge."),
    );
    expect(JSON.stringify(reply)).not.toContain("secret");
  });
});

describe("errors", () => {
  const thrower = (value: unknown) => ({
    downloadFailed() {
      throw value;
    },
  });

  test.each<[string, unknown, object]>([
    [
      "an Error",
      new Error("broken"),
      { code: "BA_HANDLER_THREW", message: "Error: broken", stack: expect.stringContaining("guest.test") },
    ],
    ["an error of another kind", new TypeError("no"), { code: "BA_HANDLER_THREW", message: "TypeError: no" }],
    ["an error of Node's", Object.assign(new Error("gone"), { code: "ENOENT" }), { code: "BA_HANDLER_THREW" }],
    [
      "a BAError",
      new BAError("BA_MINE", "mine", { hint: "do this" }),
      { code: "BA_MINE", message: "mine", hint: "do this" },
    ],
    ["a string", "oops", { code: "BA_HANDLER_THREW", message: "oops (not an Error)" }],
    ["an object", { reason: 1 }, { code: "BA_HANDLER_THREW", message: '{"reason":1} (not an Error)' }],
    ["undefined", undefined, { code: "BA_HANDLER_THREW", message: "undefined (not an Error)" }],
    ["null", null, { code: "BA_HANDLER_THREW", message: "null (not an Error)" }],
    ["a symbol", Symbol("s"), { code: "BA_HANDLER_THREW", message: "Symbol(s) (not an Error)" }],
  ])("%s", async (_, value, error) => {
    start(thrower(value));
    expect(await engine.dispatch(failed)).toMatchObject({ status: "rejected", error });
  });
});

describe("readers", () => {
  test("read the manifest as JSON, text and bytes", async () => {
    const manifest = file("manifest.json", '{"assets":["ä"]}');
    const read: unknown[] = [];
    start({
      downloads: ({ manifest: { size, json, text, bytes } }: { manifest: FileReader }) => (
        read.push(size, json(), text(), bytes().length),
        []
      ),
    });
    expect(await engine.dispatch(contentRequest({ manifest }))).toEqual(fulfilled);
    expect(read).toEqual([17, { assets: ["ä"] }, '{"assets":["ä"]}', 17]);
  });

  test("name the place where a manifest is malformed", async () => {
    start({ downloads: ({ manifest }: { manifest: FileReader }) => manifest.json() });
    const reply = await engine.dispatch(
      contentRequest({ manifest: file("malformed.json", '{\n  "assets": [\n    1,\n  ]\n}') }),
    );
    expect(reply).toMatchObject(
      rejected("BA_MALFORMED_JSON", 'The manifest is not JSON: unexpected "]" at line 4, column 3.'),
    );
  });

  test("are closed when the event has been answered", async () => {
    let manifest: FileReader | undefined;
    start({ downloads: (context: { manifest: FileReader }) => ((manifest = context.manifest), []) });
    await engine.dispatch(contentRequest({ manifest: file("later.json", "[]") }));
    for (const read of ["json", "text", "bytes"] as const) {
      expect(() => manifest?.[read]()).toThrow(
        expect.objectContaining({ code: "BA_READER_CLOSED", message: "The manifest is closed." }),
      );
    }
    expect(manifest?.size).toBe(2);
  });
});

describe("finished files", () => {
  test("are claimed and hashed by host calls with their token", async () => {
    const { path, size } = file("finished", "content");
    start({
      async downloadFinished(_: unknown, staged: FinishedFile) {
        log.info(`${staged.attempt} ${staged.size} ${staged.text()} ${await staged.sha256()}`);
        log.info(await staged.moveTo("assets/a", { place: "container" }));
        log.info(
          (() => {
            try {
              return staged.text();
            } catch (error) {
              return (error as BAError).code;
            }
          })(),
        );
      },
    });
    engine.onHostCall = ({ name }) => ({ ok: true, value: name === "file.sha256" ? "abc" : { path: "assets/a" } });
    expect(await engine.dispatch(finished(path, size))).toEqual(fulfilled);
    expect(engine.calls.map(({ call }) => call)).toEqual([
      { name: "file.sha256", args: { token: "token-1" } },
      { name: "file.moveTo", args: { token: "token-1", path: "assets/a", place: "container" } },
    ]);
    expect(engine.logs.map(({ message }) => message)).toEqual(["2 7 content abc", "assets/a", "BA_READER_CLOSED"]);
  });

  test("can still be read after a move that was refused", async () => {
    const { path, size } = file("refused", "content");
    start({
      async downloadFinished(_: unknown, staged: FinishedFile) {
        await staged.moveTo("../x").catch(() => undefined);
        log.info(staged.text());
      },
    });
    engine.onHostCall = () => ({ ok: false, error: { code: "BA_PATH_OUTSIDE_CONTAINER", message: "outside" } });
    expect(await engine.dispatch(finished(path, size))).toEqual(fulfilled);
    expect(engine.logs).toEqual([{ level: 1, message: "content" }]);
  });
});

describe("host calls", () => {
  test("reject with the code, the hint and the place of the caller", async () => {
    let caught: unknown;
    start({
      async downloadFailed() {
        await storage.write("../x", "").catch((error: unknown) => (caught = error));
      },
    });
    engine.onHostCall = () => ({
      ok: false,
      error: { code: "BA_PATH_OUTSIDE_CONTAINER", message: "outside", hint: "stay inside" },
    });
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
    expect(caught).toBeInstanceOf(BAError);
    expect(caught).toMatchObject({ code: "BA_PATH_OUTSIDE_CONTAINER", message: "outside", hint: "stay inside" });
    expect((caught as BAError).stack).toMatch(/^BAError: outside\n[^]*guest\.test/);
  });

  test("may be answered out of order, and once", async () => {
    start({ downloadFailed: async () => log.info((await Promise.all([storage.read("a"), storage.read("b")])).join()) });
    const reply = engine.dispatch(failed);
    engine.answerCall(2, { ok: true, value: "B" });
    engine.answerCall(1, { ok: true, value: "A" });
    engine.answerCall(1, { ok: true, value: "again" });
    engine.answerCall(99, { ok: true, value: "never asked" });
    expect(await reply).toEqual(fulfilled);
    expect(engine.logs).toEqual([{ level: 1, message: "A,B" }]);
  });
});

describe("host", () => {
  test("lends its environment and its clock", () => {
    start({}, { clockOffset: 3_600_000 });
    expect(environment().locale).toBe("de-DE");
    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000);
  });

  test("console writes to the log of the system", () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    /* oxlint-disable no-console -- the guest's console is what is tested */
    console.debug("debug");
    console.info("info", 1, null, undefined, true, 10n, Symbol("s"));
    console.log({ a: [1] }, [2]);
    console.warn(circular, { big: 1n });
    console.error(new TypeError("broken"));
    /* oxlint-enable no-console */
    expect(engine.logs).toMatchObject([
      { level: 0, message: "debug" },
      { level: 1, message: "info 1 null undefined true 10 Symbol(s)" },
      { level: 2, message: '{"a":[1]} [2]' },
      { level: 3, message: "[object] [object]" },
      { level: 3, message: expect.stringMatching(/^TypeError: broken\n +at /) },
    ]);
  });

  test("log has the levels of unified logging", () => {
    for (const level of ["debug", "info", "notice", "error", "fault"] as const) log[level](level);
    expect(engine.logs.map(({ level }) => level)).toEqual([0, 1, 2, 3, 4]);
  });
});
