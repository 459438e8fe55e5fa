/** The system's calls to an extension in Swift, and its answers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SystemMessage } from "../../src/protocol/system.js";
import { challenge, failed, finished, launched, pack, request, skip, timedOut, told } from "./extension-messages.js";

describe.skipIf(skip)("messages to a handler", () => {
  it("downloads: the objects that were returned, in the order of the handler", async () => {
    const started = await launched();
    const downloads = Array.from({ length: 50 }, (_, index) => `level-${index}`);
    const reply = await started.program.deliver(request(started, { ask: "context", downloads }, 77));
    expect(reply).toEqual({
      answer: {
        kind: "downloads",
        downloads: downloads.map((identifier) => ({
          identifier,
          request: { url: `https://assets.example.com/${identifier}` },
          fileSize: 7,
          essential: false,
          priority: "default",
          applicationGroupIdentifier: "group.com.example.game",
        })),
      },
      outcome: "answered",
      durationMs: expect.any(Number),
      file: null,
      reoffered: [],
      notifications: [],
      observations: [],
    });
    expect(told(started)).toEqual([
      {
        info: { restrictedDownloadSizeRemaining: 0, restrictedEssentialDownloadSizeRemaining: null },
        contentRequest: "unknown",
        contentRequestRawValue: 77,
      },
    ]);
    expect(started.program.passed).toContainEqual({ kind: "checkpoint", id: 1, place: "downloads" });
  });

  it("didReceiveChallenge: the credential, which no log holds", async () => {
    const started = await launched();
    const reply = await started.program.deliver(challenge("secret"));
    const credential = { user: "me", password: "hunter2", persistence: "forSession" };
    expect(reply.answer).toEqual({ kind: "challenge", answer: { disposition: "useCredential", credential } });
    const { challenge: sent } = challenge("secret") as Extract<SystemMessage, { kind: "challenge" }>;
    expect(told(started)).toEqual([{ kind: "manifest", ...sent }]);
    const other = await started.program.deliver(challenge("default", "url"));
    expect(other.answer).toEqual({ kind: "challenge", answer: { disposition: "performDefaultHandling" } });
    expect(told(started)[1]).toMatchObject({ kind: "url" });
  });

  it("downloadFailed: the error as it was sent", async () => {
    const started = await launched();
    const reply = await started.program.deliver(failed("a", { kind: "manifest", essential: true }));
    expect(reply).toMatchObject({ answer: { kind: "done" }, outcome: "answered", observations: [] });
    expect(told(started)).toEqual([{ identifier: "a", kind: "manifest", essential: true, error: timedOut }]);
  });

  it("downloadFinished: the file, and what became of it", async () => {
    const started = await launched();
    const { program, container } = started;
    expect(await program.deliver(finished(started, "one"))).toMatchObject({
      answer: { kind: "done" },
      outcome: "answered",
      file: { kind: "claimed", path: "Library/Caches/levels/one", bytes: 14 },
      notifications: ["com.example.game.level"],
    });
    expect(readFileSync(join(container, "Library/Caches/levels/one"), "utf8")).toBe("content of one");
    const left = await program.deliver(finished(started, "leave"));
    expect(left).toMatchObject({
      file: { kind: "deleted" },
      observations: [{ error: { code: "BA_FILE_NOT_CLAIMED" } }],
    });
  });

  it("extensionWillTerminate", async () => {
    const started = await launched();
    expect(await started.program.deliver({ kind: "extensionWillTerminate" })).toMatchObject({
      answer: { kind: "done" },
      outcome: "answered",
    });
    expect(told(started)).toEqual(["terminating"]);
  });

  it.each(["managed", "store"] as const)("shouldDownload of a %s extension", async (mode) => {
    const started = await launched({ mode });
    const wanted = await started.program.deliver(pack("wanted"));
    expect(wanted).toMatchObject({ answer: { kind: "shouldDownload", shouldDownload: true }, outcome: "answered" });
    const unwanted = await started.program.deliver(pack("unwanted"));
    expect(unwanted.answer).toEqual({ kind: "shouldDownload", shouldDownload: false });
    expect(told(started)[0]).toEqual({
      id: "wanted",
      version: 3,
      downloadSize: 9,
      language: null,
      description: "Pack wanted",
      userInfo: { level: 1 },
    });
  });

  it("answers each of many at once, once", async () => {
    const started = await launched();
    const { program } = started;
    const posted = Array.from({ length: 30 }, (_, index) => {
      program.post(challenge(`space-${index}`));
      return [program.post(finished(started, `level-${index}`)), program.post(failed(`level-${index}`))];
    }).flat();
    const answered = new Map<number, string>();
    while (answered.size < 3 * 30) {
      const { id, reply } = await program.next("reply");
      expect(reply.outcome).toBe("answered");
      expect(answered.has(id)).toBe(false);
      answered.set(id, reply.answer.kind);
    }
    expect(posted.map((id) => answered.get(id))).toEqual(posted.map(() => "done"));
  });

  it("runs challenges beside a callback", async () => {
    const started = await launched({ deadlines: { downloads: 60_000 } });
    const { program } = started;
    program.post(request(started, { ask: "never" }));
    await program.next("checkpoint");
    expect((await program.deliver(challenge("secret"))).outcome).toBe("answered");
  });
});
