/** What the system gets of an extension in Swift whose handler fails, in each callback. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SystemMessage } from "../../src/protocol/system.js";
import {
  challenge,
  failed,
  finished,
  launched,
  pack,
  request,
  skip,
  start,
  type Started,
} from "./extension-messages.js";
import { launchFrame } from "./extension-program.js";

describe.skipIf(skip)("a handler that fails", () => {
  const callbacks: ReadonlyArray<{
    readonly callback: string;
    readonly answer: object;
    message(started: Started, what: string): SystemMessage;
  }> = [
    {
      callback: "downloads",
      answer: { kind: "downloads", downloads: [] },
      message: (started, ask) => request(started, { ask, downloads: ["a"] }),
    },
    {
      callback: "didReceiveChallenge",
      answer: { kind: "challenge", answer: { disposition: "cancelChallenge" } },
      message: (_, what) => challenge(what),
    },
    { callback: "downloadFailed", answer: { kind: "done" }, message: (_, what) => failed(what) },
    { callback: "downloadFinished", answer: { kind: "done" }, message: finished },
    {
      callback: "extensionWillTerminate",
      answer: { kind: "done" },
      message({ container }, what) {
        mkdirSync(join(container, "Library/Preferences"), { recursive: true });
        const value = `<plist version="1.0"><dict><key>ask</key><string>${what}</string></dict></plist>`;
        writeFileSync(join(container, "Library/Preferences/group.com.example.game.plist"), value);
        return { kind: "extensionWillTerminate" };
      },
    },
  ];
  const deadlines = {
    downloads: 300,
    didReceiveChallenge: 300,
    downloadFailed: 300,
    downloadFinished: 300,
    extensionWillTerminate: 300,
    shouldDownload: 300,
  };
  const policies = { didReceiveChallenge: "cancelChallenge", shouldDownload: false } as const;

  describe.each(callbacks)("in $callback", ({ callback, answer, message }) => {
    it.each(["never", "busy"])("gets the native answer at its deadline (%s)", async (what) => {
      const started = await launched({ deadlines, policies });
      const { program } = started;
      const id = program.post(message(started, what));
      await program.next("checkpoint");
      await program.ping();
      const { id: answered, reply } = await program.next("reply");
      expect({ answered, ...reply }).toMatchObject({ answered: id, answer, outcome: "deadline" });
      expect(reply.observations[0]).toMatchObject({ callback, error: { code: "BA_HANDLER_DEADLINE" } });
      await program.ping();
      // The engine is dead, the process is not.
      expect(await program.deliver(request(started))).toMatchObject({
        answer: { kind: "downloads", downloads: [] },
        outcome: "engine",
      });
    });

    it("gets the native answer when it throws, and answers the next call", async () => {
      const started = await launched({ deadlines: { ...deadlines, [callback]: 20_000 }, policies });
      const reply = await started.program.deliver(message(started, "throw"));
      expect(reply).toMatchObject({ answer, outcome: "failed" });
      expect(reply.observations[0]).toMatchObject({ callback, error: { message: "TypeError: the handler threw" } });
      expect(reply.observations[0]?.error.stack).toContain("handler.cjs");
    });
  });

  it.each(["managed", "store"] as const)("in shouldDownload of a %s extension", async (mode) => {
    const refused = { kind: "shouldDownload", shouldDownload: false };
    const patient = await launched({ mode, policies });
    expect(await patient.program.deliver(pack("throw"))).toMatchObject({ answer: refused, outcome: "failed" });
    const { program } = await launched({ mode, deadlines, policies });
    expect(await program.deliver(pack("never"))).toMatchObject({ answer: refused, outcome: "deadline" });
    expect(await program.deliver(pack("wanted"))).toMatchObject({ answer: refused, outcome: "engine" });
  });

  it("keeps the file for the next process", async () => {
    const started = await launched({ deadlines });
    const reply = await started.program.deliver(finished(started, "never"));
    expect(reply.file).toMatchObject({ kind: "kept", bytes: 16 });
  });

  it("has the native answer when there is no bundle", async () => {
    const started = await start();
    const { program, container } = started;
    await program.launch(launchFrame({ bundlePath: join(container, "nothing.cjs"), container }));
    expect(await program.deliver(request(started))).toMatchObject({
      answer: { kind: "downloads", downloads: [] },
      outcome: "failed",
      observations: [{ callback: "downloads", severity: "error", error: { code: "BA_LOAD_FAILED" } }],
    });
  });
});
