import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildWithLibnode, skipWithoutJavaScriptCore, toolchain } from "./libnode-build.js";
import { buildBundle } from "../../src/build/index.js";
import { loadConfig } from "../../src/config/index.js";
import { packageRoot } from "../../src/config/package-root.js";
import { readPrivateDirtyBytes } from "../../src/hosts/private-dirty.js";
import { guest, Program } from "./programs.js";

/** The engine JavaScriptCore where it differs from Node; what both have in common follows with the host. */
describe.skipIf(skipWithoutJavaScriptCore())("the engine in ba-extension-host-jsc", () => {
  let command: [string, ...string[]];
  beforeAll(async () => {
    command = [toolchain, "run", "--", join(await buildWithLibnode(), "ba-extension-host-jsc")];
  });
  const start = async (bundle = guest): Promise<Program> => {
    const program = new Program(command);
    expect(await program.load(bundle)).toMatchObject({ kind: "loaded", callbacks: ["downloads"] });
    return program;
  };
  const bundle = (source: string): string => {
    const folder = mkdtempSync(join(tmpdir(), "ba-jsc-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "handler.cjs");
    writeFileSync(path, source);
    return path;
  };

  test("says what it is, and has neither a JIT nor Node", async () => {
    const program = new Program(command);
    const version = execFileSync(toolchain, ["run", "--", "pkg-config", "--modversion", "javascriptcoregtk-4.1"]);
    expect(await program.nextFrame()).toMatchObject({
      kind: "hello",
      host: "jsc",
      engine: "jsc",
      engineVersion: version.toString().trim(),
    });
    await program.load(guest);
    expect(await program.run({ action: "wasm" })).toBe("undefined");
    expect(await program.run({ action: "require", id: "node:fs" })).toMatchObject({
      error: 'JavaScriptCore has no module "node:fs": Node\'s own are for the engine node only.',
    });
    expect(await program.run({ action: "stack" })).toMatch(/guest\.cjs:\d+:\d+/);
    const executable = readFileSync(`/proc/${program.process.pid}/maps`, "utf8")
      .split("\n")
      .filter((line) => /^\S+ rwx/.test(line));
    expect(executable).toEqual([]);
  });

  test("answers events with downloads and host calls", async () => {
    const program = await start();
    const value = { text: "zw\u00f6lf \u{1f600} \u0000 \ud800", list: [1, null, true] };
    expect(await program.run({ action: "echo", value })).toEqual(value);
    program.send({ kind: "dispatch", id: 1, deadlineMs: 10_000, event: { action: "downloads", count: 2 } });
    expect(await program.next()).toMatchObject({
      kind: "download",
      download: {
        identifier: "level-0",
        fileSize: 2 ** 40,
        essential: true,
        priority: "max",
        request: { method: "POST", headers: { "X-One": "1", "X-Two": "zw\u00f6lf" }, timeoutInterval: 1500 },
      },
    });
    expect(await program.next()).toMatchObject({ download: { identifier: "level-1", essential: false } });
    expect(await program.next()).toMatchObject({ kind: "reply", outcome: "answered" });
    expect(await program.run({ action: "wrongDownload" })).toMatchObject({ code: "BA_NATIVE_ARGUMENTS" });

    const call = { name: "notify", args: { name: "x" } };
    program.send({ kind: "dispatch", id: 2, deadlineMs: 10_000, event: { action: "hostCall", call } });
    const asked = (await program.next()) as { id: number };
    expect(asked).toMatchObject({ kind: "hostCall", call });
    program.send({ kind: "hostReply", id: asked.id, reply: { ok: true, value: "done" } });
    expect(await program.next()).toMatchObject({ reply: { ok: true, value: "done" } });
  });

  test("reads files", async () => {
    const program = await start();
    const path = bundle('{"a":[1,2],"text":"zw\u00f6lf"}');
    expect(await program.run({ action: "readText", path })).toBe('{"a":[1,2],"text":"zw\u00f6lf"}');
    expect(await program.run({ action: "readBytes", path })).toEqual([...readFileSync(path)]);
    expect(await program.run({ action: "jsonOpen", path })).toBe(1);
    expect(await program.run({ action: "jsonClose", document: 1 })).toBe(null);
    expect(await program.run({ action: "readText", path: "/nowhere" })).toMatchObject({ code: "BA_FILE_UNREADABLE" });
    expect(await program.run({ action: "jsonOpen", path: guest })).toMatchObject({ code: "BA_MALFORMED_JSON" });
  });

  test("runs timers in their order, and microtasks before them", async () => {
    const program = await start(
      bundle(`
        exports.start = (native) => ({
          callbacks: ['downloads'],
          dispatch(event) {
            const order = [];
            setTimeout((name) => order.push(name), 20, 'second');
            setTimeout(() => order.push('first'), 1);
            const cleared = setTimeout(() => order.push('never'), 5);
            clearTimeout(cleared);
            let ticks = 0;
            const interval = setInterval(() => {
              if (++ticks < 3) return;
              clearInterval(interval);
              order.push('interval');
            }, 20);
            queueMicrotask(() => order.push('microtask'));
            order.push('now');
            setTimeout(() => native.reply(event, JSON.stringify(order)), 200);
          },
          hostReply() {},
        });`),
    );
    expect(await program.run({})).toEqual(["now", "microtask", "first", "second", "interval"]);
  });

  test("survives a recursion without end", async () => {
    const program = await start();
    expect(await program.run({ action: "recurse" })).toMatchObject({ error: expect.stringContaining("call stack") });
    expect(await program.run({ action: "echo", value: 1 })).toBe(1);
  });

  test("an error that nobody catches ends it", async () => {
    const program = await start();
    expect(await program.run({ action: "throwLater" })).toMatch(/uncaught error.*nobody catches this/s);
    expect(await program.run({ action: "echo", value: 1 })).toMatch(/uncaught error/);
  });

  test.each(["loop", "microtasks"])("%s for ever: pings, then the deadline; the process can end", async (action) => {
    const program = await start();
    program.send({ kind: "dispatch", id: 1, deadlineMs: 300, event: { action } });
    program.send({ kind: "ping", id: 7 });
    expect(await program.next()).toEqual({ kind: "pong", id: 7 });
    expect(await program.next()).toMatchObject({ kind: "reply", id: 1, outcome: "deadline" });
    expect(await program.run({ action: "echo" })).toMatch(/The engine was stopped/);
    program.send({ kind: "stop" });
    expect(await program.exit).toEqual([0, null]);
  });

  test("tells what is wrong with a bundle", async () => {
    const load = (source: string): Promise<unknown> => new Program(command).load(bundle(source));
    expect(await load("'use strict';\nlet x = ;")).toMatchObject({
      kind: "loadFailed",
      error: { code: "BA_LOAD_FAILED", stack: expect.stringMatching(/^SyntaxError: .*\n@.*handler\.cjs:2:/) },
    });
    expect(await load("'use strict';\nthrow new RangeError('no')")).toMatchObject({
      error: { message: "no", stack: expect.stringMatching(/handler\.cjs:2:\d+/) },
    });
    expect(await load("throw 'text'")).toMatchObject({
      error: { message: 'The handler threw "text", not an Error.' },
    });
    expect(await load("exports.other = 1")).toMatchObject({
      error: { message: expect.stringContaining("no function `start`") },
    });
  });

  test("returns every entry of a long manifest within 6 MiB, the process included", async () => {
    const { path } = await buildBundle(await loadConfig(join(packageRoot(), "bench/manifest-project")));
    const program = await start(path);
    const assets = Array.from({ length: 15_000 }, (_, index) => {
      const name = `level-${String(index).padStart(6, "0")}.pak`;
      return { path: name, url: `https://assets.example.com/${name}`, size: 100_000 + index };
    });
    const manifest = bundle(JSON.stringify({ version: "1", assets }));
    // Pages that wait to be written would count as dirty memory of the process that maps them.
    const file = openSync(manifest, "r+");
    fsyncSync(file);
    closeSync(file);
    const event = {
      kind: "downloads",
      contentRequest: "install",
      contentRequestRawValue: 1,
      essentialAllowed: true,
      manifest: { path: manifest, size: statSync(manifest).size, token: "manifest" },
      info: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
    };
    program.send({ kind: "dispatch", id: 1, deadlineMs: 60_000, event });
    let downloads = 0;
    let peak = 0;
    for (;;) {
      const frame = (await program.next()) as { kind: string };
      if (frame.kind !== "download") {
        expect(frame).toMatchObject({ kind: "reply", outcome: "answered", reply: { status: "fulfilled" } });
        break;
      }
      downloads += 1;
      if (downloads % 500 === 0) peak = Math.max(peak, readPrivateDirtyBytes(program.process.pid ?? 0) ?? Infinity);
    }
    expect(downloads).toBe(assets.length);
    expect(peak).toBeLessThan(6 * 2 ** 20);
  });
});
