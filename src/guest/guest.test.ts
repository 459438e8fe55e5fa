import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GuestReply } from "../protocol/guest.js";
import { callbacksOf } from "../protocol/guest.js";
import type { AssetPack, Download, URLDownloadOptions } from "../sdk/index.js";
import {
  BAError,
  ExclusiveControlError,
  SystemRefusedError,
  clock,
  downloadManager,
  environment,
  log,
  performDefaultHandling,
  storage,
  urlDownload,
  useCredential,
} from "../sdk/index.js";
import { challenge, contentRequest, download, failed, finished, shouldDownload } from "./testing/events.js";
import { Engine } from "./testing/engine.js";

let engine: Engine;
const start = (handler: unknown, changes?: ConstructorParameters<typeof Engine>[1]): Engine =>
  (engine = new Engine(handler, changes));
beforeEach(() => start({}));
afterEach(() => engine[Symbol.dispose]());

const fulfilled: GuestReply = { status: "fulfilled" };
const rejected = (code: string, message?: string | RegExp): object => ({
  status: "rejected",
  error: {
    code,
    ...(message !== undefined && { message: typeof message === "string" ? message : expect.stringMatching(message) }),
  },
});
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
    [
      "a text as concurrent",
      { concurrent: "no" },
      "BA_HANDLER_NOT_BOOLEAN",
      '"concurrent" must be a boolean, not string.',
    ],
    ["null as concurrent", { concurrent: null }, "BA_HANDLER_NOT_BOOLEAN", "not null"],
    ["a function as concurrent", { concurrent() {} }, "BA_HANDLER_NOT_BOOLEAN", "not function"],
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
    expect(start({ downloads: () => [], concurrent: true }).callbacks).toEqual(["downloads"]);
    expect(start({ concurrent: undefined }).callbacks).toEqual([]);
  });

  describe.each(["unmanaged", "managed", "store"] as const)("of mode %s", (mode) => {
    const every = [...new Set(Object.values(callbacksOf).flat())];

    test("permits its own callbacks, and `concurrent`", () => {
      const handler = Object.fromEntries(callbacksOf[mode].map((name) => [name, () => undefined]));
      expect(start({ ...handler, concurrent: false }, { mode }).callbacks).toEqual(callbacksOf[mode]);
    });

    test.each(every.filter((name) => !callbacksOf[mode].includes(name)))("refuses %s", (name) => {
      expect(() => start({ [name]() {} }, { mode })).toThrow(
        expect.objectContaining({ code: "BA_HANDLER_UNKNOWN_KEY", message: `"${name}" is no callback.` }),
      );
    });
  });
});

describe("events", () => {
  test.each([
    contentRequest(),
    challenge,
    failed,
    finished(),
    { kind: "extensionWillTerminate" } as const,
    shouldDownload(),
  ])("$kind without its callback is not implemented", async (event) => {
    expect(await engine.dispatch(event)).toEqual({ status: "notImplemented" });
  });

  test("callbacks get what they declare, as methods of the handler", async () => {
    const seen: unknown[] = [];
    const handler = {
      downloadFailed(...values: unknown[]) {
        seen.push(this, ...values);
      },
    };
    start(handler);
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
    expect(seen).toEqual([handler, expect.objectContaining(download), failed.error]);
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

  test("with `concurrent` all callbacks may overlap", async () => {
    const order: string[] = [];
    const gate: (() => void)[] = [];
    start({
      concurrent: true,
      async downloads() {
        order.push("downloads starts");
        await new Promise<void>((resolve) => gate.push(resolve));
        order.push("downloads ends");
        return [];
      },
      downloadFailed: () => void order.push("failed"),
    });
    const first = engine.dispatch(contentRequest());
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
    gate[0]?.();
    expect(await first).toEqual(fulfilled);
    expect(order).toEqual(["downloads starts", "failed", "downloads ends"]);
  });

  test("with `concurrent: false` they do not", async () => {
    const order: string[] = [];
    const callback = async (): Promise<void> => {
      order.push("starts");
      await Promise.resolve();
      order.push("ends");
    };
    start({ concurrent: false, downloadFailed: callback, extensionWillTerminate: callback });
    await Promise.all([engine.dispatch(failed), engine.dispatch({ kind: "extensionWillTerminate" })]);
    expect(order).toEqual(["starts", "ends", "starts", "ends"]);
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

  test.each([failed, finished(), { kind: "extensionWillTerminate" } as const, challenge, shouldDownload()])(
    "$kind may not be a generator",
    async (event) => {
      start({ *[event.kind]() {} }, { mode: event.kind === "shouldDownload" ? "managed" : "unmanaged" });
      expect(await engine.dispatch(event)).toMatchObject(
        rejected("BA_HANDLER_RESULT_INVALID", `${event.kind} must not be a generator.`),
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

  test("what only the whole answer shows is left to the principal class: nothing is kept of a download", async () => {
    start({ downloads: () => [asset("a", { essential: true }), asset("a")] });
    const periodic = contentRequest({ contentRequest: "periodic", essentialAllowed: false });
    expect(await engine.dispatch(periodic)).toEqual(fulfilled);
    expect(identifiers()).toEqual(["a", "a"]);
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

  test.each([undefined, null, "secret", {}, { disposition: "useCredential", credential: { password: ["secret"] } }])(
    "%j is the principal's to judge",
    async (answer) => {
      start({ didReceiveChallenge: () => answer });
      expect(await engine.dispatch(challenge)).toEqual({ status: "fulfilled", value: answer });
    },
  );

  test.each([
    ["a function", () => performDefaultHandling],
    ["a symbol", () => Symbol("secret")],
  ])("%s is no JSON, and nothing of it leaves", async (_, didReceiveChallenge) => {
    start({ didReceiveChallenge });
    expect(await engine.dispatch(challenge)).toEqual({ status: "fulfilled" });
  });

  test("an answer that cannot be written is told without what it holds", async () => {
    const answer: Record<string, unknown> = { user: "app", password: "secret" };
    answer["self"] = answer;
    start({ didReceiveChallenge: () => answer });
    const reply = await engine.dispatch(challenge);
    expect(reply).toMatchObject(rejected("BA_HANDLER_THREW"));
    expect(JSON.stringify(reply)).not.toContain("secret");
  });

  test("come with a handle of the download", async () => {
    let given: Download | undefined;
    start({ didReceiveChallenge: (_: unknown, of: Download) => ((given = of), performDefaultHandling()) });
    await engine.dispatch(challenge);
    expect(given).toMatchObject(download);
  });
});

describe("asset packs", () => {
  const asked = async (userInfo: string | null, answer: (assetPack: AssetPack) => unknown): Promise<GuestReply> => {
    start({ shouldDownload: answer }, { mode: "managed" });
    return engine.dispatch(shouldDownload(userInfo));
  };

  test.each([true, false, undefined, null, "no", 0, { download: true }])(
    "what is answered leaves as it is: %j",
    async (value) => {
      const reply = value === undefined ? fulfilled : { status: "fulfilled", value };
      expect(await asked(null, () => value)).toEqual(reply);
      expect(await asked(null, async () => value)).toEqual(reply);
    },
  );

  test("come as Apple describes them", async () => {
    const seen: unknown[] = [];
    const handler = {
      shouldDownload(assetPack: AssetPack) {
        seen.push(this, { ...assetPack });
      },
    };
    start(handler, { mode: "store" });
    await engine.dispatch(shouldDownload());
    const { userInfo, ...pack } = shouldDownload().assetPack;
    expect(seen).toEqual([handler, { ...pack, userInfo: expect.any(Function), userInfoText: userInfo }]);
  });

  test.each(['{"tier":"high","sizes":[1,2]}', "[]", "0", "false", '""', "null"])("user info %s", async (text) => {
    const seen: unknown[] = [];
    await asked(text, ({ userInfo, userInfoText }) => seen.push(userInfo(), userInfoText));
    expect(seen).toEqual([JSON.parse(text), text]);
  });

  test("user info of a pack that has none is null", async () => {
    const seen: unknown[] = [];
    await asked(null, ({ userInfo, userInfoText }) => seen.push(userInfo(), userInfoText));
    expect(seen).toEqual([null, null]);
  });

  test.each(["", "level 1", '{"tier"'])("user info that is no JSON matters to who reads it: %j", async (text) => {
    expect(await asked(text, ({ userInfoText }) => userInfoText === text)).toEqual({
      status: "fulfilled",
      value: true,
    });
    expect(await asked(text, ({ userInfo }) => userInfo() === null)).toMatchObject({
      status: "rejected",
      error: {
        code: "BA_HANDLER_THREW",
        message: expect.stringMatching(/^SyntaxError: .*JSON/),
        stack: expect.stringContaining("guest.test"),
      },
    });
  });

  test("are asked about one after another, unless the handler is `concurrent`", async () => {
    const order: string[] = [];
    const handler = {
      async shouldDownload() {
        order.push("starts");
        await Promise.resolve();
        order.push("ends");
        return true;
      },
    };
    const both = (): Promise<unknown> =>
      Promise.all([engine.dispatch(shouldDownload()), engine.dispatch(shouldDownload())]);
    start(handler, { mode: "store" });
    await both();
    expect(order.splice(0)).toEqual(["starts", "ends", "starts", "ends"]);
    start({ ...handler, concurrent: true }, { mode: "store" });
    await both();
    expect(order).toEqual(["starts", "starts", "ends", "ends"]);
  });
});

describe("handles of downloads", () => {
  test("outlive the callback, and lose being essential in a copy", async () => {
    let handle: Download | undefined;
    start({ downloadFailed: (of: Download) => void (handle = of) });
    await engine.dispatch({ ...failed, download: { ...download, essential: true } });
    const copy = handle?.removingEssential();
    expect(copy).toMatchObject({ ...download, essential: false });
    expect(copy?.removingEssential()).toMatchObject({ ...download, essential: false });
    expect(handle?.essential).toBe(true);
    expect(JSON.stringify(handle)).toBe(JSON.stringify({ ...download, essential: true }));
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
    ["an object with a code of ours", { code: "BA_MINE" }, { code: "BA_HANDLER_THREW" }],
    ["an object", { reason: 1 }, { code: "BA_HANDLER_THREW", message: '{"reason":1} (not an Error)' }],
    ["undefined", undefined, { code: "BA_HANDLER_THREW", message: "undefined (not an Error)" }],
    ["null", null, { code: "BA_HANDLER_THREW", message: "null (not an Error)" }],
    ["a symbol", Symbol("s"), { code: "BA_HANDLER_THREW", message: "Symbol(s) (not an Error)" }],
  ])("%s", async (_, value, error) => {
    start(thrower(value));
    expect(await engine.dispatch(failed)).toMatchObject({ status: "rejected", error });
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

  test("bring what the system answered", async () => {
    let caught: unknown;
    start({
      async downloadFailed(of: Download) {
        await downloadManager.schedule(of).catch((error: unknown) => (caught = error));
        throw caught;
      },
    });
    const error = { code: "BA_SYSTEM_REFUSED", message: "refused", systemError: failed.error };
    engine.onHostCall = () => ({ ok: false, error });
    expect(await engine.dispatch(failed)).toMatchObject({ status: "rejected", error });
    expect(caught).toBeInstanceOf(BAError);
    expect(caught).toBeInstanceOf(SystemRefusedError);
    expect(caught).not.toBeInstanceOf(ExclusiveControlError);
    expect((caught as BAError).systemError).toEqual(failed.error);
  });

  test("tell exclusive control that is not to be had by its class", async () => {
    let caught: unknown;
    start({
      async downloadFailed() {
        await downloadManager
          .withExclusiveControl(() => expect.fail("ran"))
          .catch((error: unknown) => (caught = error));
      },
    });
    engine.onHostCall = () => ({ ok: false, error: { code: "BA_EXCLUSIVE_CONTROL", message: "taken" } });
    expect(await engine.dispatch(failed)).toEqual(fulfilled);
    expect(caught).toBeInstanceOf(ExclusiveControlError);
    expect(caught).not.toBeInstanceOf(SystemRefusedError);
    expect(caught).toBeInstanceOf(BAError);
    expect(engine.calls).toHaveLength(1);
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
    console.error(new BAError("BA_MINE", "of\ntwo lines"));
    console.error(Object.assign(new BAError("BA_MINE", "of JavaScriptCore"), { stack: "f@bundle.js:1:2" }));
    /* oxlint-enable no-console */
    expect(engine.logs).toMatchObject([
      { level: 0, message: "debug" },
      { level: 1, message: "info 1 null undefined true 10 Symbol(s)" },
      { level: 2, message: '{"a":[1]} [2]' },
      { level: 3, message: "[object] [object]" },
      { level: 3, message: expect.stringMatching(/^TypeError: broken\n +at /) },
      { level: 3, message: expect.stringMatching(/^BAError: of\ntwo lines\n +at (?![^]*two lines)/) },
      { level: 3, message: "BAError: of JavaScriptCore\nf@bundle.js:1:2" },
    ]);
  });

  test("log has the levels of unified logging", () => {
    for (const level of ["debug", "info", "notice", "error", "fault"] as const) log[level](level);
    expect(engine.logs.map(({ level }) => level)).toEqual([0, 1, 2, 3, 4]);
  });
});
