import { describe, expect, it } from "vitest";
import { encodeFrameText } from "../../protocol/frame-codec.js";
import type { SystemMessage } from "../../protocol/system.js";
import { isRunning } from "../test-guest.js";
import { answered, contentRequest, extensionScript, hello, run } from "./test-extension.js";

const download = {
  kind: "url",
  identifier: "level-1",
  uniqueIdentifier: "U",
  essential: false,
  priority: "default",
  state: "finished",
} as const;
const finished: SystemMessage = { kind: "downloadFinished", download, path: "/file" };
const challenge: SystemMessage = {
  kind: "challenge",
  download,
  challenge: {
    protectionSpace: {
      host: "assets.example.com",
      port: 443,
      protocol: "https",
      realm: null,
      method: "httpBasic",
      rawMethod: "NSURLAuthenticationMethodHTTPBasic",
      isProxy: false,
      receivesCredentialSecurely: true,
    },
    previousFailureCount: 0,
  },
};

const died = (message: RegExp, hint: unknown = expect.stringContaining("--host embedded")) => ({
  outcome: "engine",
  file: null,
  observations: [
    {
      error: { code: "BA_EXTENSION_DIED", message: expect.stringMatching(message), ...(hint !== null && { hint }) },
      severity: "error",
    },
  ],
});

describe("an extension process", () => {
  it("is launched, gets the message, and is ended when it has replied", async () => {
    const command = extensionScript(`
      const { launch, message, id } = greet();
      log([launch.bundlePath, launch.device.environment.locale, launch.checkpoints, message, id, process.pid]);
      console.log("to stdout"); console.error("to stderr");
      reply({ notifications: ["com.example.done"] });
      next("stop");
      process.exit(0);`);
    const { reply, logs, processMs, privateDirtyBytes } = await run(command);
    expect(reply).toEqual({ ...answered, notifications: ["com.example.done"] });
    const told = logs.find(({ source, level }) => source === "handler" && level === "info");
    const [path, locale, checkpoints, message, id, pid] = JSON.parse(told?.message ?? "") as unknown[];
    expect([path, locale, checkpoints, message, id]).toEqual(["/handler.cjs", "de-DE", false, contentRequest, 1]);
    expect(logs).toContainEqual({ level: "default", source: "handler", message: "to stdout" });
    expect(logs).toContainEqual({ level: "error", source: "handler", message: "to stderr" });
    expect(processMs).toBeGreaterThan(0);
    expect(isRunning(Number(pid))).toBe(false);
    if (process.platform === "linux") expect(privateDirtyBytes).toBeGreaterThan(0);
  });

  it("finds the container there", async () => {
    const command = extensionScript(`
      const { launch } = greet();
      log(require("node:fs").existsSync(launch.device.container));
      reply();`);
    expect((await run(command)).logs).toMatchObject([{ message: "true" }]);
  });

  it("may say unknown kinds and unknown fields, and refuse what it was told", async () => {
    const command = extensionScript(`
      say({ kind: "weather" });
      say({ kind: "protocolError", code: "BA_PROTOCOL_UNKNOWN_KIND", message: "mood" });
      greet();
      reply({ mood: "good" });`);
    const { reply, logs } = await run(command);
    expect(reply).toEqual(answered);
    expect(logs).toEqual([
      { level: "error", source: "system", message: expect.stringContaining('unknown kind "weather"') },
      { level: "error", source: "system", message: expect.stringMatching(/refused a frame .*mood/) },
    ]);
  });

  it("may log after its reply, and changes nothing by what else it says then", async () => {
    const command = extensionScript(`
      greet();
      reply();
      log("late");
      reply({ outcome: "failed" });
      say(${JSON.stringify(hello)});
      say({ kind: "checkpoint", id: 7, place: "downloads" });
      write(Buffer.from("7b000000"));
      say({});`);
    const { reply, logs } = await run(command, { kills: () => true });
    expect(reply).toEqual(answered);
    expect(logs).toMatchObject([{ message: '"late"' }]);
  });

  it("that does not end when it is told to is killed", async () => {
    const command = extensionScript(`greet(); log(process.pid); reply(); for (;;) {}`);
    const { reply, logs } = await run(command, { limits: { hello: 60_000, grace: 10 } });
    expect(reply).toEqual(answered);
    expect(isRunning(Number(logs[0]?.message))).toBe(false);
  });
});

describe("an extension process that dies", () => {
  it("before hello, leaves its exit code and its last words", async () => {
    const command = extensionScript(`console.error("no such library"); process.exit(3);`);
    const { reply, logs, privateDirtyBytes } = await run(command);
    expect(reply).toMatchObject(
      died(
        /^The extension process exited with code 3 before downloads was called\. Its last output:\nno such library$/,
      ),
    );
    expect(reply).toMatchObject({ answer: { kind: "downloads", downloads: [] }, durationMs: 0, reoffered: [] });
    expect(logs).toEqual([{ level: "error", source: "handler", message: "no such library" }]);
    expect(privateDirtyBytes).toBeNull();
  });

  it("while its callback runs, leaves the place and the time", async () => {
    const command = extensionScript(`
      greet();
      say({ kind: "checkpoint", id: 1, place: "downloadFinished" });
      say({ kind: "checkpoint", id: 2, place: "moveTo" });
      process.kill(process.pid, "SIGSEGV");
      for (;;) {}`);
    const { reply } = await run(command, { message: finished });
    expect(reply).toMatchObject({
      ...died(/was ended by SIGSEGV during downloadFinished\./),
      answer: { kind: "done" },
    });
    expect(reply.durationMs).toBeGreaterThan(0);
  });

  it("while another file is offered again, has not been asked", async () => {
    const command = extensionScript(`
      greet();
      say({ kind: "checkpoint", id: 1, place: "downloadFinished" });
      process.exit(9);`);
    const { reply } = await run(command);
    expect(reply).toMatchObject({ ...died(/exited with code 9 during downloadFinished\./), durationMs: 0 });
  });

  it("is answered for as the policies say", async () => {
    const command = extensionScript(`greet(); process.exit(1);`);
    expect((await run(command, { message: challenge })).reply).toMatchObject({
      ...died(/before didReceiveChallenge was called/),
      answer: { kind: "challenge", answer: { disposition: "cancelChallenge" } },
    });
  });

  it("in the middle of a frame, has died", async () => {
    const command = extensionScript(`greet(); write(Buffer.from([9, 0, 0, 0, 123])); process.exit(1);`);
    expect((await run(command)).reply).toMatchObject(died(/exited with code 1/));
  });

  it("cannot even be started", async () => {
    const { reply, processMs } = await run({ file: "/nonexistent/extension", args: [] });
    expect(reply).toMatchObject(died(/^The extension process could not be started: .*ENOENT$/));
    expect(processMs).toBeGreaterThan(0);
  });
});

describe("an extension process that breaks the protocol", () => {
  it.each([
    ["is of another version", `say({ kind: "hello", protocol: 2, mood: "good" });`, /version 2 .* this package .* 1/],
    ["is another host", `say({ ...${JSON.stringify(hello)}, host: "worker" });`, /host "worker", not swift/],
    ["says hello twice", `for (const _ of "12") say(${JSON.stringify(hello)});`, /"hello" where none was due/],
    ["is launched before hello", `say({ kind: "launched" });`, /"launched" where none was due/],
    ["replies before it was asked", `say(${JSON.stringify(hello)}); reply();`, /"reply" where none was due/],
    [
      "replies to something else",
      `greet(); say({ kind: "reply", id: 2, reply: ${JSON.stringify(answered)} });`,
      /"reply"/,
    ],
    ["replies nonsense", `greet(); reply({ outcome: "great" });`, /"reply" that is not valid: reply\.outcome/],
    ["calls what there is not", `greet(); call(1, { name: "fly" });`, /"systemCall" that is not valid/],
    ["says what is no JSON", `write(Buffer.from("${encodeFrameText("{").toString("hex")}", "hex"));`, /not UTF-8 JSON/],
    ["says what has no kind", `greet(); say([]);`, /without a kind/],
    ["says too much at once", `write(Buffer.from([255, 255, 255, 127]));`, /longer than the limit/],
  ])("because it %s, is ended", async (_what, body, problem) => {
    const { reply } = await run(extensionScript(`${body} gone();`));
    expect(reply).toMatchObject(died(/broke the frame protocol and was ended\./));
    expect(reply.observations[0]?.error.message).toMatch(problem);
  });
});

describe("an extension process that is silent", () => {
  it("from the start, is ended", async () => {
    const { reply } = await run(extensionScript(`gone();`), { limits: { hello: 10, grace: 60_000 } });
    expect(reply).toMatchObject(died(/was silent for 10 ms before downloads was called, and was ended\./));
  });

  it("past the deadlines and the grace, is ended", async () => {
    const options = { deadlines: { load: 5, downloads: 4 }, limits: { hello: 60_000, grace: 3 } };
    const { reply } = await run(extensionScript(`greet(); gone();`), options);
    expect(reply).toMatchObject(died(/was silent for 12 ms before downloads was called, and was ended\./));
  });

  it("has the time of each callback that is called", async () => {
    const command = extensionScript(`
      greet();
      say({ kind: "checkpoint", id: 1, place: "downloadFinished" });
      say({ kind: "checkpoint", id: 2, place: "moveTo" });
      gone();`);
    const options = { deadlines: { load: 5, downloadFinished: 6 }, limits: { hello: 60_000, grace: 3 } };
    expect((await run(command, options)).reply).toMatchObject(
      died(/was silent for 14 ms during downloadFinished, and was ended\./),
    );
  });
});

describe("at a checkpoint", () => {
  const places = ["downloadFinished", "moveTo", "elsewhere", "downloadFinished"];
  const command = (wait: boolean) =>
    extensionScript(`
      greet();
      for (const [id, place] of ${JSON.stringify([...places.entries()])}) {
        say({ kind: "checkpoint", id, place });
        ${wait ? `log(next("proceed").id);` : ""}
      }
      reply();`);

  it.each([true, false])("the process waits where it was asked to (%s), and goes on", async (checkpoints) => {
    const passed: string[] = [];
    const kills = (place: string): boolean => passed.push(place) < 0;
    const { reply, logs } = await run(command(checkpoints), { checkpoints, kills });
    expect(reply).toEqual(answered);
    expect(passed).toEqual(places);
    expect(logs.map(({ message }) => message)).toEqual(checkpoints ? ["0", "1", "2", "3"] : []);
  });

  it("the process can be killed, which is no fault of its own", async () => {
    const kills = (place: string): boolean => place === "moveTo";
    const { reply, logs } = await run(command(true), { checkpoints: true, kills, message: finished });
    expect(reply).toMatchObject(died(/^The extension process was ended during downloadFinished\.$/, null));
    expect(reply.observations[0]?.error).not.toHaveProperty("hint");
    expect(logs).toHaveLength(1);
  });
});

describe("the caller's signal", () => {
  it("ends the process", async () => {
    const controller = new AbortController();
    const command = extensionScript(`greet(); say({ kind: "checkpoint", id: 1, place: "downloads" }); gone();`);
    const kills = (): boolean => {
      controller.abort();
      return false;
    };
    const { reply } = await run(command, { kills, signal: controller.signal });
    expect(reply).toMatchObject(died(/^The extension process was ended during downloads\.$/, null));
  });

  it("may have come already", async () => {
    const { reply } = await run(extensionScript(`greet(); gone();`), { signal: AbortSignal.abort() });
    expect(reply).toMatchObject(died(/^The extension process was ended before downloads was called\.$/, null));
  });
});
