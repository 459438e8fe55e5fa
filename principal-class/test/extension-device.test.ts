/** What the simulated system does for an extension in Swift: device, download manager, checkpoints. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DownloadError } from "../../src/sdk/index.js";
import { failed, finished, launched, record, request, skip, told } from "./extension-messages.js";

describe.skipIf(skip)("the device", () => {
  it("is what the launch says", async () => {
    const started = await launched({ device: { clockOffset: 86_400_000 } });
    const { program } = started;
    await program.deliver(request(started, { ask: "device" }));
    await program.deliver(request(started, { ask: "clock" }));
    const [device, times] = told(started) as [unknown, [number, number]];
    expect(device).toEqual({
      platform: "iOS",
      osVersion: "26.1",
      locale: "de-DE",
      infoDictionary: { CFBundleIdentifier: "com.example.game.downloader" },
      appInfoDictionary: { CFBundleIdentifier: "com.example.game" },
    });
    // The second was read after the first.
    expect(times[0] - times[1]).toBeGreaterThan(86_300_000);
    expect(times[0] - times[1]).toBeLessThanOrEqual(86_400_000);
  });

  it("keeps the shared defaults in a file, which only the user reads", async () => {
    const started = await launched();
    await started.program.deliver(request(started, { ask: "settings" }));
    expect(told(started)).toEqual([3]);
    const file = join(started.container, "Library/Preferences/group.com.example.game.plist");
    expect(readFileSync(file, "utf8")).toContain("<key>launches</key>\n\t<integer>3</integer>");
  });

  it("runs the app's functions in the system", async () => {
    const started = await launched({ device: { nativeFunctions: ["add"] } });
    const { program } = started;
    program.post(request(started, { ask: "call" }));
    const { id, call } = await program.next("systemCall");
    expect(call).toEqual({ name: "nativeCall", function: "add", args: [1, 2] });
    await program.ping();
    program.send({ kind: "systemResult", id, value: 3, error: null });
    await program.next("reply");
    expect(told(started)).toEqual([3]);

    program.post(request(started, { ask: "call" }));
    const second = await program.next("systemCall");
    const error = { domain: "BANativeFunction", code: 1, name: null, message: "no", underlying: null, userInfo: {} };
    program.send({ kind: "systemResult", id: second.id, error });
    const { reply } = await program.next("reply");
    expect(reply).toMatchObject({ outcome: "failed", observations: [{ error: { code: "BA_NATIVE_FAILED" } }] });
  });
});

describe.skipIf(skip)("the download manager", () => {
  const refusal = (code: number, name: string): DownloadError => ({
    domain: "BAErrorDomain",
    code,
    name,
    message: "No.",
    underlying: null,
    userInfo: {},
  });

  it("schedules, and hears why not", async () => {
    const started = await launched();
    const { program } = started;
    program.post(failed("again"));
    const first = await program.next("systemCall");
    expect(first.call).toEqual({
      name: "schedule",
      uniqueIdentifier: expect.stringMatching(/^[\dA-F-]{36}$/),
      download: {
        identifier: "again",
        request: { url: "https://assets.example.com/again" },
        fileSize: 7,
        essential: false,
        priority: "default",
        applicationGroupIdentifier: "group.com.example.game",
      },
    });
    program.send({ kind: "systemResult", id: first.id, value: null, error: null });
    expect((await program.next("reply")).reply.outcome).toBe("answered");
    expect(told(started)[1]).toBe("waiting");

    program.post(failed("again"));
    const second = await program.next("systemCall");
    const error = refusal(100, "downloadAlreadyScheduled");
    program.send({ kind: "systemResult", id: second.id, error });
    const { reply } = await program.next("reply");
    expect(reply).toMatchObject({
      outcome: "failed",
      observations: [{ error: { code: "BA_SYSTEM_REFUSED", systemError: error } }],
    });
  });

  it("asks for current downloads", async () => {
    const started = await launched();
    const { program } = started;
    program.post(request(started, { ask: "current" }));
    const { id, call } = await program.next("systemCall");
    expect(call).toEqual({ name: "currentDownloads" });
    const current = record("a", { state: "downloading", priority: "max" });
    program.send({ kind: "systemResult", id, value: [current], error: null });
    await program.next("reply");
    expect(told(started)).toEqual([[current]]);
  });

  it("has exclusive control while the handler does", async () => {
    const started = await launched();
    const { program } = started;
    program.post(request(started, { ask: "control" }));
    const { id, call } = await program.next("systemCall");
    expect(call).toEqual({ name: "acquireExclusiveControl", before: 5 });
    program.send({ kind: "systemResult", id, value: null, error: null });
    expect((await program.next("systemCall")).call).toEqual({ name: "releaseExclusiveControl" });
    expect((await program.next("reply")).reply.outcome).toBe("answered");
    expect(told(started)).toEqual(["held"]);

    program.post(request(started, { ask: "control" }));
    const second = await program.next("systemCall");
    program.send({ kind: "systemResult", id: second.id, error: refusal(0, "downloadInvalid") });
    const { reply } = await program.next("reply");
    expect(reply).toMatchObject({ outcome: "failed", observations: [{ error: { code: "BA_EXCLUSIVE_CONTROL" } }] });
  });
});

describe.skipIf(skip)("checkpoints", () => {
  it("are told, and wait when they are asked to", async () => {
    const started = await launched({ checkpoints: true });
    const { program, container } = started;
    program.post(finished(started, "one"));
    const before = await program.next("checkpoint");
    expect(before.place).toBe("downloadFinished");
    const place = join(container, "Library/Caches/levels/one");
    await program.ping();
    expect(existsSync(place)).toBe(false);
    program.send({ kind: "proceed", id: before.id });
    const moved = await program.next("checkpoint");
    expect(moved.place).toBe("moveTo");
    expect(existsSync(place)).toBe(true);
    program.send({ kind: "proceed", id: moved.id });
    expect((await program.next("reply")).reply.file?.kind).toBe("claimed");
  });
});
