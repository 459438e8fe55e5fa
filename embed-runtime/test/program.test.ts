import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { protocolVersion } from "../../src/protocol/frames.js";
import { guest, Program, subjects } from "./programs.js";

describe.each(subjects.filter(({ skip }) => !skip))("$name", ({ host, command }) => {
  let start: () => Program;
  beforeAll(async () => {
    const built = await command();
    start = () => new Program(built);
  });

  test("loads, answers events with their downloads and host calls, stops", async () => {
    const program = start();
    expect(await program.nextFrame()).toEqual({
      kind: "hello",
      protocol: protocolVersion,
      host,
      engine: "node",
      engineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      pid: program.process.pid,
    });
    expect(await program.load(guest)).toEqual({ kind: "loaded", callbacks: ["downloads"] });

    program.send({ kind: "dispatch", id: 7, deadlineMs: 10_000, event: { action: "downloads", count: 1 } });
    expect(await program.nextFrame()).toEqual({
      kind: "download",
      id: 7,
      download: {
        identifier: "level-0",
        request: {
          url: "https://assets.example.com/a.pak",
          method: "POST",
          headers: { "X-One": "1", "X-Two": "zwölf" },
          cachePolicy: "reloadIgnoringLocalCacheData",
          timeoutInterval: 1500,
          allowsCellularAccess: true,
          allowsConstrainedNetworkAccess: false,
        },
        fileSize: 2 ** 40,
        essential: true,
        priority: "max",
        applicationGroupIdentifier: "group.example",
      },
    });
    expect(await program.next()).toEqual({ kind: "reply", id: 7, outcome: "answered", reply: null });

    program.send({
      kind: "dispatch",
      id: 8,
      deadlineMs: 10_000,
      event: { action: "hostCall", call: { name: "notify", args: {} } },
    });
    const call = await program.nextFrame();
    expect(call).toEqual({ kind: "hostCall", id: 1, call: { name: "notify", args: {} } });
    program.send({ kind: "hostReply", id: 1, reply: { ok: true, value: "\ud83d\ude00" } });
    expect(await program.next()).toEqual({
      kind: "reply",
      id: 8,
      outcome: "answered",
      reply: { ok: true, value: "😀" },
    });

    program.send({ kind: "stop" });
    expect(await program.exit).toEqual([0, null]);
  });

  test("leads console to log frames, line by line", async () => {
    const program = start();
    await program.load(guest);
    program.send({ kind: "dispatch", id: 1, deadlineMs: 0, event: { action: "console" } });
    const logs = [];
    for (let frame = await program.next(); ; frame = await program.next()) {
      const { kind, level, message } = frame as { kind: string; level: string; message: string };
      if (kind !== "log") break;
      logs.push(`${level}: ${message}`);
    }
    expect(logs).toEqual([
      "debug: debug",
      "info: info 1",
      "error: warn",
      "default: group",
      "default:   { inside: true }",
    ]);
  });

  test("answers a ping while the handler loops for ever, then the deadline, then that the engine is dead", async () => {
    const program = start();
    await program.load(guest);
    program.send({ kind: "dispatch", id: 1, deadlineMs: 2000, event: { action: "loop" } });
    program.send({ kind: "dispatch", id: 2, deadlineMs: 0, event: { action: "echo" } });
    program.send({ kind: "ping", id: 3 });
    expect(await program.nextFrame()).toEqual({ kind: "pong", id: 3 });
    const reason = "The engine was stopped, because the handler did not answer within 2000 ms.";
    expect(await program.nextFrame()).toEqual({
      kind: "reply",
      id: 1,
      outcome: "deadline",
      message: "The handler did not answer within 2000 ms.",
    });
    expect(await program.nextFrame()).toEqual({ kind: "reply", id: 2, outcome: "engine", message: reason });
    program.send({ kind: "dispatch", id: 4, deadlineMs: 0, event: { action: "echo" } });
    expect(await program.nextFrame()).toEqual({ kind: "reply", id: 4, outcome: "engine", message: reason });
    program.send({ kind: "stop" });
    expect(await program.exit).toEqual([0, null]);
  });

  test.each([
    [
      "a syntax error",
      "let a = 1;\nlet b = ;\n",
      { code: "BA_LOAD_FAILED", message: "Unexpected token ';'", stack: expect.stringMatching(/handler\.cjs:2:9$/) },
    ],
    ["no start", "", { code: "BA_LOAD_FAILED", message: expect.stringContaining("exports no function `start`") }],
    [
      "process.exit",
      "process.exit(3)",
      { code: "BA_ENGINE", message: "The handler ended the engine with exit code 3." },
    ],
    [
      "an endless loop",
      "for (;;);",
      { code: "BA_LOAD_DEADLINE", message: "The handler did not load within 300 ms." },
      300,
    ],
  ])("says why a bundle cannot be loaded: %s", async (_name, source, error, deadlineMs = 30_000) => {
    const directory = await mkdtemp(join(tmpdir(), "ba-program-"));
    const bundle = join(directory, "handler.cjs");
    await writeFile(bundle, source);
    const program = start();
    expect(await program.load(bundle, deadlineMs)).toMatchObject({ kind: "loadFailed", error });
    await rm(directory, { recursive: true });
  });

  test.each([
    ["no JSON", "{", "BA_PROTOCOL_INVALID_FRAME"],
    ["no object", "[]", "BA_PROTOCOL_INVALID_FRAME"],
    ["an unknown kind", '{"kind":"dance"}', "BA_PROTOCOL_UNKNOWN_KIND"],
    ["a missing field", '{"kind":"ping"}', "BA_PROTOCOL_INVALID_FRAME"],
    [
      "a field of another type",
      '{"kind":"dispatch","id":1,"deadlineMs":0,"event":"downloads"}',
      "BA_PROTOCOL_INVALID_FRAME",
    ],
    ["nesting without end", `{"kind":"ping","id":${"[".repeat(100_000)}`, "BA_PROTOCOL_INVALID_FRAME"],
  ])("answers a broken frame and goes on: %s", async (_name, json, code) => {
    const program = start();
    await program.nextFrame();
    program.sendText(json);
    expect(await program.nextFrame()).toMatchObject({ kind: "protocolError", code });
    program.send({ kind: "ping", id: 1 });
    expect(await program.nextFrame()).toEqual({ kind: "pong", id: 1 });
  });

  test("an event before the load gets an answer, a second load is refused", async () => {
    const program = start();
    program.send({ kind: "dispatch", id: 1, deadlineMs: 0, event: {} });
    await program.nextFrame();
    expect(await program.nextFrame()).toMatchObject({ kind: "reply", id: 1, outcome: "engine" });
    const load = { kind: "load", bundlePath: guest, configuration: {}, deadlineMs: 0, limits: { heapMegabytes: 64 } };
    program.send(load);
    program.send(load);
    expect(await program.nextFrame()).toMatchObject({ kind: "protocolError", code: "BA_PROTOCOL_INVALID_FRAME" });
  });

  test("a length that no frame has ends the process; so does a parent that is gone", async () => {
    const broken = start();
    await broken.nextFrame();
    broken.input.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect(await broken.nextFrame()).toMatchObject({ kind: "protocolError" });
    expect(await broken.exit).toEqual([null, "SIGKILL"]);

    const orphan = start();
    await orphan.load(guest);
    orphan.send({ kind: "dispatch", id: 1, deadlineMs: 0, event: { action: "loop" } });
    orphan.input.end();
    expect(await orphan.exit).toEqual([null, "SIGKILL"]);
  });
});
