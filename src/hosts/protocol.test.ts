import { once } from "node:events";
import { spawn, type ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeFrame, encodeFrameText, FrameDecoder } from "../protocol/frame-codec.js";
import { protocolVersion } from "../protocol/version.js";
import { workerCommand } from "./child-command.js";
import type { HostCommand } from "./extension-process.js";
import { configuration, dispatch, fulfilled, guestBundle, launch } from "./test-guest.js";

const hello = {
  kind: "hello",
  protocol: protocolVersion,
  host: "test",
  engine: "node",
  engineVersion: "1.2.3",
  pid: 1,
};
const loaded = { kind: "loaded", callbacks: [] };

/** A child that says `first`, answers `load` with `loaded`, and each later frame with `afterwards`; raw bytes, as hex. */
function sayer(
  first: readonly Buffer[],
  afterwards: readonly Buffer[] = [],
  onLoad: readonly Buffer[] = [encodeFrame(loaded)],
): HostCommand {
  const hex = (frames: readonly Buffer[]): string => JSON.stringify(Buffer.concat(frames).toString("hex"));
  const script = `
    const fs = require("node:fs");
    const say = (hex) => { const bytes = Buffer.from(hex, "hex"); for (let at = 0; at < bytes.length; ) at += fs.writeSync(4, bytes, at); };
    const answers = [${hex(onLoad)}];
    say(${hex(first)});
    fs.createReadStream(null, { fd: 3 }).on("data", () => say(answers.shift() ?? ${hex(afterwards)})).on("end", () => process.exit(0));`;
  return { file: process.execPath, args: ["-e", script] };
}

describe("what a host says", () => {
  it("is ignored, and reported, when it is of an unknown kind", async () => {
    const unknown = encodeFrame({ kind: "weather" });
    const reply = encodeFrame({ kind: "reply", id: 1, outcome: "answered", reply: fulfilled });
    const { guest, logs } = await launch(sayer([unknown, encodeFrame(hello)], [unknown, reply]), guestBundle(""));
    expect((await dispatch(guest)).outcome).toEqual({ outcome: "answered", reply: fulfilled });
    expect(logs).toEqual(Array(2).fill({ level: "error", message: expect.stringContaining('unknown kind "weather"') }));
  });

  it("may have fields that this version does not know", async () => {
    const command = sayer([encodeFrame({ ...hello, mood: "good" })]);
    const { guest } = await launch(command, guestBundle(""));
    expect(guest.engineVersion).toBe("1.2.3");
  });

  it("ends the launch when it is another version of the protocol, whatever else it looks like", async () => {
    const command = sayer([encodeFrame({ kind: "hello", protocol: 2, greeting: "hi" })]);
    await expect(launch(command, guestBundle(""))).rejects.toMatchObject({
      name: "LaunchError",
      code: "BA_HOST_PROTOCOL",
      message: expect.stringMatching(/version 2 of the frame protocol.*version 1/),
    });
  });

  it.each([
    ["a frame that is not JSON", encodeFrameText("{"), /not UTF-8 JSON/],
    ["a frame that is too long", Buffer.from([0xff, 0xff, 0xff, 0x7f]), /longer than the limit/],
    ["a frame without a kind", encodeFrameText("[]"), /without a kind/],
    [
      "a frame with a wrong field",
      encodeFrameText('{"kind":"loaded","callbacks":3}'),
      /"loaded" that is not valid: callbacks/,
    ],
    ["a reply before the handler is loaded", encodeFrameText('{"kind":"pong","id":1}'), /"pong" before "loaded"/],
    ["hello a second time", encodeFrame(hello), /"hello" twice/],
  ])("ends the launch when it is %s", async (_what, bytes, message) => {
    await expect(launch(sayer([encodeFrame(hello), bytes], [], []), guestBundle(""))).rejects.toMatchObject({
      code: "BA_HOST_PROTOCOL",
      message: expect.stringMatching(message),
    });
  });

  it("ends an event with the outcome engine when it cannot be read", async () => {
    const { guest } = await launch(sayer([encodeFrame(hello)], [encodeFrameText("nonsense")]), guestBundle(""));
    expect((await dispatch(guest)).outcome).toEqual({
      outcome: "engine",
      message: expect.stringContaining("broke the frame protocol"),
    });
    await guest.stop();
  });

  it("may be nothing: past deadline and grace the process is ended", async () => {
    const { guest } = await launch(sayer([encodeFrame(hello)]), guestBundle(""));
    expect((await dispatch(guest, undefined, 10)).outcome).toEqual({
      outcome: "engine",
      message: expect.stringMatching(
        /did not answer extensionWillTerminate within 2000 ms after its deadline of 10 ms/,
      ),
    });
    await guest.stop();

    await expect(
      launch(sayer([encodeFrame(hello)], [], []), guestBundle(""), { loadDeadlineMs: 10 }),
    ).rejects.toMatchObject({
      code: "BA_HOST_TIMEOUT",
    });
  });

  it("may be an exit code and a line on stderr", async () => {
    const command = { file: process.execPath, args: ["-e", `console.error("no such library"); process.exitCode = 9`] };
    await expect(launch(command, guestBundle(""))).rejects.toMatchObject({
      code: "BA_HOST_CRASHED",
      message: expect.stringMatching(/exited with code 9 before the handler was loaded.*no such library/s),
      stderrTail: "no such library",
    });
  });

  it("cannot be anything when there is no such program", async () => {
    await expect(launch({ file: "/nonexistent/host", args: [] }, guestBundle(""))).rejects.toMatchObject({
      code: "BA_HOST_NOT_STARTED",
      message: expect.stringContaining("ENOENT"),
    });
  });
});

describe("what the child of the worker host is told", () => {
  it("is answered with a typed error when it cannot be used, and the child goes on", async () => {
    const { child, say, next } = startChild();
    expect(await next()).toMatchObject({ kind: "hello", protocol: protocolVersion, host: "worker", engine: "node" });
    for (const bytes of [
      encodeFrame({ kind: "weather" }),
      encodeFrameText("[]"),
      encodeFrameText("{"),
      encodeFrame({ kind: "dispatch", id: "1" }),
      encodeFrame({ kind: "toString" }),
    ])
      say(bytes);
    expect(await Promise.all(Array.from({ length: 5 }, next))).toEqual([
      { kind: "protocolError", code: "BA_PROTOCOL_UNKNOWN_KIND", message: expect.stringContaining('"weather"') },
      { kind: "protocolError", code: "BA_PROTOCOL_INVALID_FRAME", message: expect.any(String) },
      { kind: "protocolError", code: "BA_PROTOCOL_INVALID_FRAME", message: expect.any(String) },
      { kind: "protocolError", code: "BA_PROTOCOL_INVALID_FRAME", message: expect.stringContaining('"dispatch"') },
      { kind: "protocolError", code: "BA_PROTOCOL_UNKNOWN_KIND", message: expect.stringContaining('"toString"') },
    ]);
    say(encodeFrame({ kind: "ping", id: 5 }));
    expect(await next()).toEqual({ kind: "pong", id: 5 });

    say(encodeFrame({ kind: "dispatch", id: 8, deadlineMs: 0, event: {} }));
    expect(await next()).toMatchObject({ kind: "reply", id: 8, outcome: "engine" });

    const load = {
      kind: "load",
      bundlePath: guestBundle("(id) => done(id)"),
      configuration,
      deadlineMs: 0,
      limits: { heapMegabytes: 32 },
    };
    say(encodeFrame(load));
    expect(await next()).toMatchObject({ kind: "loaded" });
    say(encodeFrame(load));
    expect(await next()).toMatchObject({
      kind: "protocolError",
      code: "BA_PROTOCOL_INVALID_FRAME",
      message: expect.stringContaining("one bundle, once"),
    });

    say(encodeFrame({ kind: "stop" }));
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("ends it at once when it ends, whatever the handler does", async () => {
    const { child, say, next, end } = startChild();
    await next();
    say(
      encodeFrame({
        kind: "load",
        bundlePath: guestBundle(`(id) => { native.log(1, "x"); for (;;) {} }`),
        configuration,
        deadlineMs: 0,
        limits: { heapMegabytes: 32 },
      }),
    );
    expect(await next()).toMatchObject({ kind: "loaded" });
    say(encodeFrame({ kind: "dispatch", id: 1, deadlineMs: 0, event: {} }));
    expect(await next()).toMatchObject({ kind: "log" });
    end();
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  });

  it("ends it when it is a frame that is too long", async () => {
    const { child, say, next } = startChild();
    await next();
    say(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  });
});

/** The real child program with its pipes in the test's hands. */
function startChild(): { child: ChildProcess; say(bytes: Buffer): void; end(): void; next(): Promise<unknown> } {
  const { file, args } = workerCommand();
  const child = spawn(file, args, { stdio: ["ignore", "inherit", "ignore", "pipe", "pipe"], detached: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  const input = child.stdio[3] as Writable;
  const decoder = new FrameDecoder();
  const frames: unknown[] = [];
  const waiting: Array<(frame: unknown) => void> = [];
  (child.stdio[4] as unknown as Readable).on("data", (chunk: Buffer) => {
    for (const frame of decoder.push(chunk)) {
      const waiter = waiting.shift();
      const value = frame.ok ? frame.value : frame.error;
      if (waiter) waiter(value);
      else frames.push(value);
    }
  });
  return {
    child,
    say: (bytes) => void input.write(bytes),
    end: () => void input.destroy(),
    next: () => (frames.length > 0 ? Promise.resolve(frames.shift()) : new Promise((resolve) => waiting.push(resolve))),
  };
}
