import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missingHost } from "../../test/missing-host.js";
import type { GuestHostName } from "./host-name.js";
import {
  dispatch,
  fulfilled,
  gone,
  guestBundle,
  isRunning,
  launch,
  temporaryFolder,
  writeBundle,
} from "./test-guest.js";

const hosts: readonly GuestHostName[] = ["worker", "embedded", "libnode"];

for (const host of hosts) {
  describe.skipIf(await missingHost(host))(`the host ${host}`, () => {
    it("loads a handler and tells what it is", async () => {
      const { guest } = await launch(host, guestBundle("(id) => done(id)"));
      expect(guest.callbacks).toEqual(["downloads", "extensionWillTerminate"]);
      expect(guest.engine).toBe("node");
      expect(guest.engineVersion).toMatch(/^\d+\.\d+\.\d+/);
      expect(isRunning(guest.pid)).toBe(true);
      expect(await dispatch(guest)).toEqual({ downloads: [], outcome: { outcome: "answered", reply: fulfilled } });
      await guest.stop();
      expect(isRunning(guest.pid)).toBe(false);
    });

    it("passes configuration and event on as they are", async () => {
      const bundle = guestBundle("(id, json) => { native.log(2, configuration); native.log(2, json); done(id); }");
      const { guest, logs } = await launch(host, bundle);
      await dispatch(guest);
      expect(logs.map((log) => JSON.parse(log.message))).toEqual([
        expect.objectContaining({ environment: { platform: "macOS", osVersion: "26.1", locale: "de-DE" } }),
        { kind: "extensionWillTerminate" },
      ]);
    });

    it("delivers downloads one by one, in order, before the reply", async () => {
      const bundle = guestBundle(`async (id) => {
        for (let n = 0; n < 500; n += 1) {
          native.emitDownload(id, "level-" + n, "https://assets.example.com/" + n, 1000 + n, n === 0, n % 3, n === 1 ? "group.example" : undefined, undefined);
          if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        }
        native.emitDownload(id, "größe", "https://assets.example.com/x", 9007199254740991, false, 1, undefined,
          { method: "POST", headers: ["X-A", "1", "X-B", "ü"], cachePolicy: undefined, timeoutInterval: 7, allowsCellularAccess: false,
            allowsConstrainedNetworkAccess: undefined, allowsExpensiveNetworkAccess: true });
        done(id);
      }`);
      const { guest } = await launch(host, bundle);
      const { downloads, outcome } = await dispatch(guest);
      expect(outcome.outcome).toBe("answered");
      expect(downloads).toHaveLength(501);
      expect(downloads.slice(0, 500).map((download) => download.identifier)).toEqual(
        Array.from({ length: 500 }, (_, n) => `level-${n}`),
      );
      expect(downloads[0]).toEqual({
        identifier: "level-0",
        request: { url: "https://assets.example.com/0" },
        fileSize: 1000,
        essential: true,
        priority: "min",
      });
      expect(downloads[1]?.applicationGroupIdentifier).toBe("group.example");
      expect(downloads[500]).toEqual({
        identifier: "größe",
        request: {
          url: "https://assets.example.com/x",
          method: "POST",
          headers: { "X-A": "1", "X-B": "ü" },
          timeoutInterval: 7,
          allowsCellularAccess: false,
          allowsExpensiveNetworkAccess: true,
        },
        fileSize: 9007199254740991,
        essential: false,
        priority: "default",
      });
    });

    it("answers host calls of the handler, each with its own reply", async () => {
      const bundle = guestBundle(
        `async (id) => {
          const call = (args) => new Promise((resolve) => waiting.set(native.hostCall(JSON.stringify({ name: "storage.read", args })), resolve));
          const answers = await Promise.all([call({ path: "a" }), call({ path: "ü" })]);
          native.log(1, JSON.stringify(answers));
          done(id);
        }`,
        `const waiting = new Map(); answerHostCall = (call, json) => waiting.get(call)(JSON.parse(json));`,
      );
      const { guest, logs, hostCalls } = await launch(host, bundle, {
        // The second answer comes first.
        onHostCall: async ({ args }) => {
          if (args["path"] === "a") await new Promise((resolve) => setImmediate(resolve));
          return { ok: true, value: `content of ${String(args["path"])}` };
        },
      });
      expect((await dispatch(guest)).outcome).toEqual({ outcome: "answered", reply: fulfilled });
      expect(hostCalls).toEqual([
        { name: "storage.read", args: { path: "a" } },
        { name: "storage.read", args: { path: "ü" } },
      ]);
      expect(logs).toEqual([
        {
          level: "info",
          message: JSON.stringify([
            { ok: true, value: "content of a" },
            { ok: true, value: "content of ü" },
          ]),
        },
      ]);
    });

    it("reads files for the handler", async () => {
      const file = join(temporaryFolder(), "manifest.json");
      writeFileSync(file, '{"ü":1}');
      const bundle = guestBundle(`(id, json) => {
        const { path } = JSON.parse(json).manifest;
        native.log(0, native.readText(path) + native.readBytes(path).length);
        try { native.readText(path + ".absent"); } catch (error) { native.log(4, String(error instanceof Error)); }
        done(id);
      }`);
      const { guest, logs } = await launch(host, bundle);
      await dispatch(guest, {
        kind: "downloads",
        contentRequest: "install",
        contentRequestRawValue: 1,
        essentialAllowed: true,
        manifest: { path: file, size: 8, token: "manifest" },
        info: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: 0 },
      });
      expect(logs).toEqual([
        { level: "debug", message: '{"ü":1}8' },
        { level: "fault", message: "true" },
      ]);
    });

    it("has neither WebAssembly nor anything else that needs executable memory", async () => {
      const { guest, logs } = await launch(
        host,
        guestBundle("(id) => { native.log(2, typeof WebAssembly); done(id); }"),
      );
      await dispatch(guest);
      expect(logs).toEqual([{ level: "default", message: "undefined" }]);
    });

    it("ends an endless loop at its deadline, and answers pings meanwhile", async () => {
      const bundle = guestBundle(
        `(id) => { native.emitDownload(id, "before", "https://a.example/", 1, false, 1, undefined, undefined); for (;;) {} }`,
      );
      const { guest } = await launch(host, bundle);
      let sawDownload!: () => void;
      const looping = new Promise<void>((resolve) => (sawDownload = resolve));
      const answer = guest.dispatch({ kind: "extensionWillTerminate" }, 1_500, { download: () => sawDownload() });
      await looping;
      await guest.ping();
      expect(await answer).toEqual({ outcome: "deadline", message: expect.stringContaining("1500 ms") });
      // The engine stays dead; the process does not.
      expect((await dispatch(guest)).outcome.outcome).toBe("engine");
      await guest.ping();
      await guest.stop();
    });

    it("ends a promise that never settles at its deadline", async () => {
      const { guest } = await launch(host, guestBundle("() => {}"));
      expect((await dispatch(guest, undefined, 50)).outcome.outcome).toBe("deadline");
    });

    it("answers what is open as stopped", async () => {
      const { guest } = await launch(host, guestBundle("() => {}"));
      const answer = dispatch(guest);
      await guest.ping();
      await guest.stop();
      expect((await answer).outcome.outcome).toBe("stopped");
    });

    it("reports a bundle that throws, with code, hint and a stack that names its line", async () => {
      const bundle = writeBundle(
        `"use strict";\nconst broken = () => {\n  throw Object.assign(new Error("no manifest"), { code: "BA_TEST", hint: "add one" });\n};\nbroken();\n`,
      );
      await expect(launch(host, bundle)).rejects.toMatchObject({
        name: "LaunchError",
        code: "BA_LOAD_FAILED",
        message: expect.stringContaining("no manifest"),
        guestError: {
          code: "BA_TEST",
          message: "no manifest",
          hint: "add one",
          stack: expect.stringContaining(`${bundle}:3:`),
        },
      });
    });

    it("reports a handler that throws in start", async () => {
      const bundle = writeBundle(`exports.start = () => {\n  throw new TypeError("unknown key downlaods");\n};\n`);
      await expect(launch(host, bundle)).rejects.toMatchObject({
        code: "BA_LOAD_FAILED",
        guestError: { message: "unknown key downlaods", stack: expect.stringContaining(`${bundle}:2:`) },
      });
    });

    it("reports a syntax error with its place", async () => {
      const bundle = writeBundle(`exports.start = () => ({});\nconst = 3;\n`);
      await expect(launch(host, bundle)).rejects.toMatchObject({
        code: "BA_LOAD_FAILED",
        guestError: {
          message: expect.stringContaining("Unexpected token"),
          stack: expect.stringContaining(`${bundle}:2`),
        },
      });
    });

    it("reports a bundle without start, and one that is not there", async () => {
      await expect(launch(host, writeBundle("exports.begin = 1;"))).rejects.toMatchObject({ code: "BA_LOAD_FAILED" });
      await expect(launch(host, join(temporaryFolder(), "absent.cjs"))).rejects.toMatchObject({
        code: "BA_LOAD_FAILED",
        guestError: { message: expect.stringContaining("absent.cjs") },
      });
    });

    it("ends a bundle that does not come to an end", async () => {
      await expect(launch(host, writeBundle("for (;;) {}"), { loadDeadlineMs: 500 })).rejects.toMatchObject({
        code: "BA_LOAD_FAILED",
        guestError: { code: "BA_LOAD_DEADLINE", message: expect.stringContaining("500 ms") },
      });
    });

    it("survives process.exit in the handler", async () => {
      const { guest } = await launch(host, guestBundle("() => process.exit(7)"));
      expect((await dispatch(guest)).outcome).toEqual({
        outcome: "engine",
        message: expect.stringContaining("exit code 7"),
      });
      await guest.ping();
    });

    it("survives an uncaught error in the handler", async () => {
      const { guest } = await launch(
        host,
        guestBundle(`() => { setTimeout(() => { throw new Error("from a timer"); }, 0); }`),
      );
      expect((await dispatch(guest)).outcome.outcome).toBe("engine");
      await guest.ping();
    });

    it("survives a handler that needs more memory than its limit", async () => {
      const bundle = guestBundle(
        `() => { const all = []; for (;;) all.push({ a: [1, 2, 3], b: String(all.length) }); }`,
      );
      const { guest } = await launch(host, bundle, { heapMegabytes: 24 });
      expect((await dispatch(guest, undefined, 60_000)).outcome.outcome).toBe("engine");
      await guest.ping();
    });

    it("survives recursion without an end", async () => {
      const bundle = guestBundle(
        `(id) => { const f = () => f() + 1; try { f(); } catch (error) { native.log(2, error.name); } done(id); }`,
      );
      const { guest, logs } = await launch(host, bundle);
      expect((await dispatch(guest)).outcome.outcome).toBe("answered");
      expect(logs).toEqual([{ level: "default", message: "RangeError" }]);
    });

    it("captures what the handler writes to stdout as logs", async () => {
      const { guest, logs } = await launch(
        host,
        guestBundle(`(id) => { process.stdout.write("one\\ntwo"); done(id); }`),
      );
      await dispatch(guest);
      await guest.stop();
      expect(logs.map((log) => log.message)).toEqual(["one", "two"]);
    });

    it("tells of a crash with signal and the end of stderr", async () => {
      const bundle = guestBundle(
        `() => { require("node:fs").writeSync(2, "last words\\n"); process.kill(process.pid, "SIGSEGV"); for (;;) {} }`,
      );
      const { guest } = await launch(host, bundle);
      const { outcome } = await dispatch(guest);
      expect(outcome).toEqual({ outcome: "engine", message: expect.stringMatching(/SIGSEGV.*last words/s) });
      expect((await dispatch(guest)).outcome.outcome).toBe("engine");
      await expect(guest.ping()).rejects.toThrow(/SIGSEGV/);
      expect(guest.privateDirtyBytes()).toBeNull();
      await guest.stop();
    });

    it("tells of a crash while it loads", async () => {
      const bundle = writeBundle(
        `require("node:fs").writeSync(2, "last words\\n"); process.kill(process.pid, "SIGABRT"); for (;;) {}`,
      );
      await expect(launch(host, bundle)).rejects.toMatchObject({
        code: "BA_HOST_CRASHED",
        message: expect.stringContaining("SIGABRT"),
        stderrTail: expect.stringContaining("last words"),
      });
    });

    it("is ended by kill, with what the handler started", async () => {
      const bundle = guestBundle(`() => {
        const child = require("node:child_process").spawn("sleep", ["1000"], { stdio: "inherit" });
        native.log(2, String(child.pid));
      }`);
      let sawLog!: (message: string) => void;
      const grandchild = new Promise<string>((resolve) => (sawLog = resolve));
      const { guest } = await launch(host, bundle, { onLog: sawLog });
      const answer = dispatch(guest);
      const pid = Number(await grandchild);
      guest.kill();
      expect((await answer).outcome.outcome).toBe("stopped");
      await guest.stop();
      expect(isRunning(guest.pid)).toBe(false);
      await gone(pid);
    });

    it("is ended by the caller's signal, during and after the launch", async () => {
      const controller = new AbortController();
      const launching = launch(host, writeBundle("for (;;) {}"), { signal: controller.signal });
      setImmediate(() => controller.abort());
      await expect(launching).rejects.toMatchObject({ code: "BA_HOST_ABORTED" });

      const later = new AbortController();
      const { guest } = await launch(host, guestBundle("() => {}"), { signal: later.signal });
      const answer = dispatch(guest);
      later.abort();
      expect((await answer).outcome.outcome).toBe("stopped");
      await guest.stop();
      expect(isRunning(guest.pid)).toBe(false);
    });

    it.runIf(process.platform === "linux")("tells its private dirty memory", async () => {
      const { guest } = await launch(host, guestBundle("(id) => done(id)"));
      const mebibyte = 1024 * 1024;
      expect(guest.privateDirtyBytes()).toBeGreaterThan(mebibyte);
      expect(guest.privateDirtyBytes()).toBeLessThan(200 * mebibyte);
    });

    it.runIf(process.platform === "linux" && host !== "worker")("counts no page of a file that it maps", async () => {
      const file = join(temporaryFolder(), "large.json");
      const size = 64 * 1024 * 1024;
      writeFileSync(file, `"${"x".repeat(size)}"`);
      const { guest } = await launch(
        host,
        guestBundle(`(id) => { native.jsonOpen(${JSON.stringify(file)}); done(id); }`),
      );
      const before = guest.privateDirtyBytes() ?? 0;
      await dispatch(guest);
      expect(guest.privateDirtyBytes()).toBeLessThan(before + size / 4);
    });
  });
}
