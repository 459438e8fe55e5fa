import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { guestEvent, type GuestEvent, type HostReply } from "../protocol/guest.js";
import { systemReply } from "../protocol/system.js";
import {
  handleSystemMessage,
  type GuestConnection,
  type GuestHooks,
  type LaunchFailure,
  type PrincipalOptions,
} from "./index.js";
import { defaultDeadlines } from "../config/index.js";
import { vector as vectorSchema, type FileContent, type Vector } from "./vectors/format.js";

const folder = join(import.meta.dirname, "vectors");
const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
let root = "";
afterEach(() => rm(root, { recursive: true, force: true }));

describe("principal vectors", () => {
  test.each(files)("%s", async (file) => {
    root = await mkdtemp(join(tmpdir(), "ba-vector-"));
    const text = await readFile(join(folder, file), "utf8");
    const vector = vectorSchema.parse(JSON.parse(text.replaceAll("$root", root)));
    for (const [path, content] of Object.entries(vector.filesBefore)) await place(join(root, path), content);

    const guest = scriptedGuest(vector.guest);
    const reply = await handleSystemMessage(vector.message, options(guest.launch));

    const { guestEvent: event, hostReplies, reply: expected, filesAfter } = vector.expect;
    if (event !== undefined) expect(guest.events).toEqual(event === null ? [] : [event]);
    expect(guest.hostReplies).toMatchObject(hostReplies);
    expect(guest.hostReplies).toHaveLength(hostReplies.length);
    expect(reply).toMatchObject(expected);
    systemReply.parse(reply);
    const after = await filesBelow(root);
    expect(Object.keys(after).sort()).toEqual(Object.keys(filesAfter).sort());
    for (const [path, content] of Object.entries(filesAfter)) {
      if (typeof content === "object" && "json" in content)
        expect(JSON.parse(String(after[path]))).toMatchObject(content.json);
      else expect({ [path]: after[path] }).toEqual({ [path]: content });
    }
  });
});

function options(launch: PrincipalOptions["launch"]): PrincipalOptions {
  return {
    launch,
    container: join(root, "container"),
    applicationGroupIdentifier: "group.example",
    deadlines: defaultDeadlines,
    mapError: ({ message, hint }) => ({ message, hint: hint ?? null, location: null }),
    now: () => 1_700_000_000_000,
  };
}

/** Plays the guest of a vector, and records what it was told. */
function scriptedGuest(script: Vector["guest"]) {
  const events: GuestEvent[] = [];
  const hostReplies: HostReply[] = [];
  const launch = async ({ onHostCall, onLog }: GuestHooks): Promise<GuestConnection> => {
    if ("launchFailure" in script)
      throw Object.assign(new Error(), { stderrTail: "", ...script.launchFailure }) as LaunchFailure;
    return {
      pid: 1,
      engine: "node",
      engineVersion: "0",
      callbacks: [],
      async dispatch(event, _deadline, on) {
        events.push(guestEvent.parse(event));
        for (const step of script.say) {
          if ("log" in step) onLog(step.log.level, step.log.message);
          else if ("download" in step) on.download(step.download);
          else if ("together" in step) hostReplies.push(...(await Promise.all(step.together.map(onHostCall))));
          else hostReplies.push(await onHostCall(step.call));
        }
        return script.end;
      },
      async stop() {
        for (const { call } of script.late ?? []) hostReplies.push(await onHostCall(call));
      },
      ping: async () => {},
      kill: () => {},
      privateDirtyBytes: () => null,
    };
  };
  return { events, hostReplies, launch };
}

async function place(path: string, content: FileContent): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await writeFile(path, content);
  else await symlink(content.symlink, path);
}

/** Files and links by path; folders count only by what is in them. */
async function filesBelow(folder: string): Promise<Record<string, FileContent>> {
  const found: Record<string, FileContent> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll("\\", "/");
    if (entry.isSymbolicLink()) found[name] = { symlink: await readlink(path) };
    else if (entry.isFile()) found[name] = await readFile(path, "utf8");
  }
  return found;
}
