import { describe, expect, it } from "vitest";
import type { SystemServices } from "../../principal/index.js";
import type { DownloadError } from "../../sdk/index.js";
import { extensionScript, recordingSystem, run, type TestRunOptions } from "./test-extension.js";

const download = {
  identifier: "level-1",
  request: { url: "https://assets.example.com/level-1" },
  fileSize: 3,
  essential: false,
  priority: "default",
};
const refusal: DownloadError = {
  domain: "BAErrorDomain",
  code: 101,
  name: "downloadNotScheduled",
  message: "It has concluded.",
  underlying: null,
  userInfo: {},
};

/** What a process hears that makes these calls one after another. */
async function results(calls: readonly object[], options: TestRunOptions = {}): Promise<unknown[]> {
  const command = extensionScript(`
    greet();
    for (const [id, given] of ${JSON.stringify([...calls.entries()])}) {
      call(id, given);
      const { kind, ...result } = next("systemResult");
      log(result);
    }
    reply();`);
  const { logs } = await run(command, options);
  return logs.map(({ message }) => JSON.parse(message) as unknown);
}

describe("the download manager of an extension process", () => {
  it("is the system's, which keeps the unique identifier of the framework", async () => {
    const { services, calls } = recordingSystem();
    const heard = await results(
      [
        { name: "schedule", download, uniqueIdentifier: "U-1" },
        { name: "cancel", uniqueIdentifier: "U-1" },
        { name: "acquireExclusiveControl", before: 12.5 },
        { name: "acquireExclusiveControl", before: null },
        { name: "releaseExclusiveControl" },
        { name: "currentDownloads" },
      ],
      { system: services },
    );
    const done = { value: null, error: null };
    expect(heard).toEqual([
      ...Array.from({ length: 5 }, (_, id) => ({ id, ...done })),
      { id: 5, value: [], error: null },
    ]);
    expect(calls).toEqual([
      { schedule: "level-1", uniqueIdentifier: "U-1" },
      { cancel: "U-1" },
      { acquire: 12.5 },
      { acquire: undefined },
      "release",
      "release", // in any case, when the process has ended
    ]);
  });

  it("refuses with the system's errors, and foreground downloads always", async () => {
    const system: SystemServices = {
      ...recordingSystem().services,
      schedule: async () => refusal,
      cancel: async () => refusal,
      acquireExclusiveControl: async () => refusal,
    };
    const heard = await results(
      [
        { name: "schedule", download, uniqueIdentifier: "U-1" },
        { name: "cancel", uniqueIdentifier: "U-1" },
        { name: "acquireExclusiveControl", before: 0 },
        { name: "startForegroundDownload", uniqueIdentifier: "U-1" },
      ],
      { system },
    );
    expect(heard.slice(0, 3)).toEqual([0, 1, 2].map((id) => ({ id, value: null, error: refusal })));
    expect(heard[3]).toMatchObject({
      error: { domain: "BAErrorDomain", code: 50, name: "callFromExtensionNotAllowed" },
    });
  });

  it("that breaks is an error, and no end of ours", async () => {
    const system: SystemServices = {
      ...recordingSystem().services,
      schedule: () => Promise.reject(new Error("the state folder is full")),
    };
    const heard = await results([{ name: "schedule", download, uniqueIdentifier: "U-1" }], { system });
    expect(heard).toMatchObject([{ error: { message: "the state folder is full" } }]);
  });

  it("takes exclusive control back that came when the process had died", async () => {
    let grant!: () => void;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    let released = 0;
    let asked!: () => void;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    const system: SystemServices = {
      ...recordingSystem().services,
      async acquireExclusiveControl() {
        asked();
        await granted;
        return null;
      },
      releaseExclusiveControl: () => void (released += 1),
    };
    const command = extensionScript(`
      greet();
      call(1, { name: "acquireExclusiveControl", before: null });
      process.exit(1);`);
    const [{ reply }] = await Promise.all([run(command, { system }), wasAsked]);
    expect([reply.outcome, released]).toEqual(["engine", 1]);
    grant();
    await new Promise((resolve) => setImmediate(resolve));
    expect(released).toBe(2);
  });
});

describe("the app's functions", () => {
  const nativeFunctions: TestRunOptions["nativeFunctions"] = {
    echo: async (args) => args,
    nothing: () => undefined,
    throws: () => {
      throw new Error("no battery");
    },
    rejects: () => Promise.reject("a text"),
    circular: () => {
      const value: Record<string, unknown> = {};
      return Object.assign(value, { value });
    },
    huge: () => "x".repeat(64 * 1024 * 1024),
  };
  const calling = (name: string, args: unknown = null) => ({ name: "nativeCall", function: name, args });
  const failed = (id: number, message: unknown) => ({
    id,
    value: null,
    error: { domain: "BANativeFunction", code: 1, name: null, message, underlying: null, userInfo: {} },
  });

  it("run here, and fail with an error of their domain", async () => {
    const heard = await results(
      [
        calling("echo", { a: [1, "ü"] }),
        calling("nothing"),
        calling("throws"),
        calling("rejects"),
        calling("circular"),
        calling("huge"),
        calling("missing"),
        calling("toString"),
      ],
      { nativeFunctions },
    );
    expect(heard).toEqual([
      { id: 0, value: { a: [1, "ü"] }, error: null },
      { id: 1, value: null, error: null },
      failed(2, "no battery"),
      failed(3, "a text"),
      failed(4, "it returned what is not JSON."),
      failed(5, expect.stringContaining("longer than the limit")),
      failed(6, 'The app has no native function "missing".'),
      failed(7, 'The app has no native function "toString".'),
    ]);
  });

  it("may take longer than the process lives", async () => {
    const command = extensionScript(`
      greet();
      call(1, ${JSON.stringify(calling("never"))});
      reply();`);
    const { reply } = await run(command, { nativeFunctions: { never: () => new Promise(() => {}) } });
    expect(reply.outcome).toBe("answered");
  });
});
