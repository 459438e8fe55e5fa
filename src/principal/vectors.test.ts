import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { defaultDeadlines, defaultPolicies } from "../config/index.js";
import { systemReply } from "../protocol/system.js";
import { handleSystemMessage, type PrincipalOptions } from "./index.js";
import { checkFiles, placeFiles } from "./testing/vector-files.js";
import { vector as vectorSchema, type Vector } from "./vectors/format.js";
import { nativeFunctions, scriptedGuest, scriptedSystem } from "./testing/scripted.js";

const folder = join(import.meta.dirname, "vectors");
const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
let root = "";
afterEach(() => rm(root, { recursive: true, force: true }));

describe("principal vectors", () => {
  test.each(files)("%s", async (file) => {
    root = await mkdtemp(join(tmpdir(), "ba-vector-"));
    const text = await readFile(join(folder, file), "utf8");
    const vector = vectorSchema.parse(JSON.parse(text.replaceAll("$root", root)));
    await placeFiles(root, vector.filesBefore);

    const guest = scriptedGuest(vector.guest);
    const system = scriptedSystem(vector.system);
    const reply = await handleSystemMessage(vector.message, options(vector, guest.launch, system.services));

    const { guestEvent, guestEvents, hostReplies, systemCalls, reply: expected, filesAfter } = vector.expect;
    if (guestEvent !== undefined) expect(guest.events).toEqual(guestEvent === null ? [] : [guestEvent]);
    if (guestEvents !== undefined) expect(guest.events).toEqual(guestEvents);
    expect(guest.hostReplies).toMatchObject(hostReplies);
    expect(guest.hostReplies).toHaveLength(hostReplies.length);
    if (systemCalls !== undefined) expect(system.calls).toMatchObject(systemCalls);
    if (systemCalls !== undefined) expect(system.calls).toHaveLength(systemCalls.length);
    expect(guest.unplayed()).toBe(0);
    expect(system.unanswered()).toBe(0);
    expect(reply).toMatchObject(expected);
    systemReply.parse(reply);
    await checkFiles(root, filesAfter);
  });
});

function options(
  vector: Vector,
  launch: PrincipalOptions["launch"],
  system: PrincipalOptions["system"],
): PrincipalOptions {
  const { downloads, didReceiveChallenge, shouldDownload } = vector.policies ?? {};
  return {
    mode: vector.mode ?? "unmanaged",
    launch,
    container: join(root, "container"),
    applicationGroupIdentifier: "group.example",
    deadlines: defaultDeadlines,
    policies: {
      downloads: downloads ?? defaultPolicies.downloads,
      didReceiveChallenge: didReceiveChallenge ?? defaultPolicies.didReceiveChallenge,
      shouldDownload: shouldDownload ?? defaultPolicies.shouldDownload,
    },
    system,
    nativeFunctions: nativeFunctions(vector.nativeFunctions ?? {}),
    mapError: ({ message, hint }) => ({ message, hint: hint ?? null, location: null }),
    now: () => 1_700_000_000_000,
  };
}
