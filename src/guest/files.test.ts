import { describe, expect, test } from "vitest";
import type { HostCall, HostReply } from "../protocol/guest.js";
import { BAError, log, performDefaultHandling, storage, type FileReader, type FinishedFile } from "../sdk/index.js";
import { Engine } from "./testing/engine.js";
import { challenge, contentRequest, failed, finished } from "./testing/events.js";
import { temporaryFile } from "./testing/read.js";

const done = { ok: true, value: { path: "assets/a" } } as const;
const closed = (name: string): object =>
  expect.objectContaining({ code: "BA_READER_CLOSED", message: `${name} is closed.` });
const logged = (engine: Engine): string[] => engine.logs.map(({ message }) => message);

describe("a finished file", () => {
  /** Runs `body` as the handler's `downloadFinished`, for a file with that content. */
  const withFile = async (
    content: string,
    body: (file: FinishedFile, engine: Engine) => Promise<void>,
    answer: (call: HostCall) => HostReply = () => done,
  ): Promise<Engine> => {
    const engine: Engine = new Engine({ downloadFinished: (_: unknown, file: FinishedFile) => body(file, engine) });
    engine[Symbol.dispose]();
    engine.onHostCall = answer;
    const { path, size } = temporaryFile(content);
    expect(await engine.dispatch(finished(path, size))).toEqual({ status: "fulfilled" });
    return engine;
  };

  test("has its content, its size and how often it was offered", async () => {
    await withFile('{"a":[1]}', async (file) => {
      expect([file.attempt, file.size, file.text(), file.get("/a/0"), [...file.items("/a")]]).toEqual([
        2,
        9,
        '{"a":[1]}',
        1,
        [1],
      ]);
    });
  });

  test("is moved, copied, hashed and kept by host calls with its token", async () => {
    const engine = await withFile(
      "content",
      async (file) => {
        expect(await file.sha256()).toBe("abc");
        expect(await file.copyTo("copy")).toBe("assets/a");
        expect(await file.copyTo("copy", { place: "container" })).toBe("assets/a");
        await file.keep();
        expect(await file.moveTo("assets/a", { place: "container", exclusive: true })).toBe("assets/a");
        await file.moveTo("assets/b");
      },
      ({ name }) => (name === "file.sha256" ? { ok: true, value: "abc" } : done),
    );
    expect(engine.calls.map(({ call }) => call)).toEqual([
      { name: "file.sha256", args: { token: "token-1" } },
      { name: "file.copyTo", args: { token: "token-1", path: "copy" } },
      { name: "file.copyTo", args: { token: "token-1", path: "copy", place: "container" } },
      { name: "file.keep", args: { token: "token-1" } },
      { name: "file.moveTo", args: { token: "token-1", path: "assets/a", place: "container", exclusive: true } },
      { name: "file.moveTo", args: { token: "token-1", path: "assets/b" } },
    ]);
  });

  test("cannot be taken for another by an option", async () => {
    const engine = await withFile("", async (file) => {
      await file.moveTo("a", { token: "other", path: "b" } as object);
    });
    expect(engine.calls[0]?.call.args).toEqual({ token: "token-1", path: "a" });
  });

  test("is closed by the move, with everything that was read from it", async () => {
    const name = 'The file of "level-1"';
    await withFile('[{"id":1},{"id":2}]', async (file, engine) => {
      const items = file.items<{ id: number }>();
      const walk = items[Symbol.iterator]();
      const item = walk.next().value!;
      expect(engine.openDocuments.size).toBe(1);
      await file.moveTo("a");
      expect(engine.openDocuments.size).toBe(0);
      expect(() => file.text()).toThrow(BAError);
      for (const read of [() => file.text(), () => file.json(), () => file.get("/0"), () => file.items()]) {
        expect(read).toThrow(closed(name));
      }
      for (const read of [() => item.id, () => ({ ...item }), () => walk.next(), () => [...items]]) {
        expect(read).toThrow(closed(name));
      }
      expect(file.size).toBe(19);
    });
  });

  test("can still be read after a move that was refused, while one is under way, and after keep()", async () => {
    await withFile(
      "content",
      async (file) => {
        await expect(file.moveTo("../x")).rejects.toThrow(
          expect.objectContaining({ code: "BA_PATH_OUTSIDE_CONTAINER" }),
        );
        expect(file.text()).toBe("content");
        await file.keep();
        expect(file.text()).toBe("content");
        const moving = file.moveTo("x");
        expect(file.text()).toBe("content");
        await moving;
      },
      ({ args }) =>
        args["path"] === "../x"
          ? { ok: false, error: { code: "BA_PATH_OUTSIDE_CONTAINER", message: "outside" } }
          : { ok: true, value: { path: "x" } },
    );
  });

  test("is closed with the event", async () => {
    let kept: FinishedFile | undefined;
    await withFile("content", async (file) => void (kept = file));
    expect(() => kept?.text()).toThrow(closed('The file of "level-1"'));
  });
});

describe("the manifest", () => {
  test("is copied and hashed by host calls with its token", async () => {
    using engine = new Engine({
      async downloads({ manifest }: { manifest: FileReader }) {
        log.info(`${await manifest.copyTo("manifest.json")} ${await manifest.sha256()}`);
        return [];
      },
    });
    engine.onHostCall = ({ name }) => (name === "file.sha256" ? { ok: true, value: "abc" } : done);
    await engine.dispatch(contentRequest({ manifest: temporaryFile("{}") }));
    expect(logged(engine)).toEqual(["assets/a abc"]);
    expect(engine.calls.map(({ call }) => call)).toEqual([
      { name: "file.copyTo", args: { token: "manifest", path: "manifest.json" } },
      { name: "file.sha256", args: { token: "manifest" } },
    ]);
  });
});

describe("storage.open()", () => {
  const open = (content: string): ((call: HostCall) => HostReply) => {
    const file = temporaryFile(content, "open:1");
    return ({ name }) => (name === "storage.open" ? { ok: true, value: file } : done);
  };

  test("reads a file of the container in place", async () => {
    using engine = new Engine({
      async downloadFailed() {
        const file = await storage.open("state.json", { place: "container" });
        log.info(`${file?.get("/a")} ${file?.size} ${await file?.copyTo("b")}`);
      },
    });
    engine.onHostCall = open('{"a":1}');
    expect(await engine.dispatch(failed)).toEqual({ status: "fulfilled" });
    expect(logged(engine)).toEqual(["1 7 assets/a"]);
    expect(engine.calls.map(({ call }) => call)).toEqual([
      { name: "storage.open", args: { path: "state.json", place: "container" } },
      { name: "file.copyTo", args: { token: "open:1", path: "b" } },
    ]);
    expect(engine.openDocuments.size).toBe(0);
  });

  test("gives null where there is no file", async () => {
    using engine = new Engine({ downloadFailed: async () => log.info(`${await storage.open("x")}`) });
    engine.onHostCall = () => ({ ok: true, value: null });
    await engine.dispatch(failed);
    expect(logged(engine)).toEqual(["null"]);
  });

  test("names the file in its errors", async () => {
    using engine = new Engine({ downloadFailed: async () => (await storage.open('a "b".json'))?.json() });
    engine.onHostCall = open("{");
    expect(await engine.dispatch(failed)).toMatchObject({
      status: "rejected",
      error: {
        code: "BA_MALFORMED_JSON",
        message: String.raw`"a \"b\".json" is not JSON: unexpected end at line 1, column 2.`,
      },
    });
  });

  test("is closed when the callback has returned, also one that throws", async () => {
    let kept: FileReader | null = null;
    using engine = new Engine({
      async downloadFailed() {
        kept = await storage.open("a");
        kept?.items();
        expect(engine.openDocuments.size).toBe(1);
        throw new Error("broken");
      },
    });
    engine.onHostCall = open("[]");
    await engine.dispatch(failed);
    expect(() => kept?.text()).toThrow(closed('"a"'));
    expect(engine.openDocuments.size).toBe(0);
  });

  test("stays open until all callbacks that run have returned, for nobody knows whose it is", async () => {
    let kept: FileReader | null = null;
    const gate: (() => void)[] = [];
    using engine = new Engine({
      async downloadFailed() {
        await new Promise<void>((resolve) => gate.push(resolve));
        log.info(`in the other: ${kept?.text()}`);
      },
      async didReceiveChallenge() {
        kept = await storage.open("a");
        return performDefaultHandling();
      },
    });
    engine.onHostCall = open("content");
    const first = engine.dispatch(failed);
    await engine.dispatch(challenge);
    expect((kept as FileReader | null)?.text()).toBe("content");
    gate[0]?.();
    expect(await first).toEqual({ status: "fulfilled" });
    expect(logged(engine)).toEqual(["in the other: content"]);
    expect(() => (kept as FileReader | null)?.text()).toThrow(closed('"a"'));
  });

  test("a manifest is closed with its own callback, while another one runs", async () => {
    let kept: FileReader | undefined;
    const gate: (() => void)[] = [];
    using engine = new Engine({
      downloads({ manifest }: { manifest: FileReader }) {
        kept = manifest;
        return [];
      },
      async didReceiveChallenge() {
        await new Promise<void>((resolve) => gate.push(resolve));
        return performDefaultHandling();
      },
    });
    const first = engine.dispatch(challenge);
    await engine.dispatch(contentRequest({ manifest: temporaryFile("[]") }));
    expect(() => kept?.text()).toThrow(closed("The manifest"));
    gate[0]?.();
    await first;
  });
});
