/** Helpers of this folder's tests: extension processes that are scripts, and that misbehave as they are told. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExtensionReply } from "../../protocol/extension.js";
import type { SystemMessage } from "../../protocol/system.js";
import { protocolVersion } from "../../protocol/version.js";
import type { SystemServices } from "../../principal/index.js";
import type { HostCommand } from "../extension-process.js";
import { temporaryFolder } from "../test-guest.js";
import { runExtension, type ExtensionRun, type ExtensionRunOptions } from "./run-extension.js";

export const hello = {
  kind: "hello",
  protocol: protocolVersion,
  host: "swift",
  engine: "node",
  engineVersion: "24.22.2",
  pid: 1,
};

export const answered: ExtensionReply = {
  answer: { kind: "downloads", downloads: [] },
  outcome: "answered",
  durationMs: 3,
  file: null,
  reoffered: [],
  notifications: [],
  observations: [],
};

export const contentRequest: SystemMessage = {
  kind: "contentRequest",
  rawValue: 1,
  manifestPath: "/manifest.json",
  extensionInfo: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: 0 },
};

/**
 * A program that runs `body`, statements with these in scope: `say(frame)`, `write(bytes)`, `reply(changes?)`,
 * `await next(kind)`, the next frame of the parent, which must be of that kind, `await greet()`, which comes as far as
 * having the message, and `await gone()`, which waits for the parent to close the pipe.
 */
export function extensionScript(body: string): HostCommand {
  const path = join(temporaryFolder(), "extension.cjs");
  writeFileSync(
    path,
    `const fs = require("node:fs");
const write = (bytes) => { for (let at = 0; at < bytes.length; ) at += fs.writeSync(4, bytes, at); };
const say = (frame) => {
  const json = Buffer.from(JSON.stringify(frame));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(json.length);
  write(Buffer.concat([head, json]));
};
const read = (length) => {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const more = fs.readSync(3, bytes, at, length - at);
    if (more === 0) process.exit(0);
    at += more;
  }
  return bytes;
};
const next = (kind) => {
  const frame = JSON.parse(read(read(4).readUInt32LE()).toString());
  if (frame.kind !== kind) throw new Error("expected " + kind + ", not " + JSON.stringify(frame));
  return frame;
};
const call = (id, call) => { say({ kind: "systemCall", id, call }); };
const greet = () => {
  say(${JSON.stringify(hello)});
  const launch = next("launch");
  say({ kind: "launched" });
  return { launch, ...next("message") };
};
const reply = (changes) => say({ kind: "reply", id: 1, reply: { ...${JSON.stringify(answered)}, ...changes } });
const log = (value) => say({ kind: "log", entry: { level: "info", source: "handler", message: JSON.stringify(value) } });
const gone = () => next("nothing");
${body}
`,
  );
  return { file: process.execPath, args: [path] };
}

/** A system that refuses nothing, and what it was asked. */
export function recordingSystem(): { readonly services: SystemServices; readonly calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    calls,
    services: {
      async schedule(download, uniqueIdentifier) {
        calls.push({ schedule: download.identifier, uniqueIdentifier });
        const { identifier, essential, priority } = download;
        return {
          kind: "url",
          identifier,
          uniqueIdentifier: uniqueIdentifier ?? "",
          essential,
          priority,
          state: "waiting",
        };
      },
      async cancel(uniqueIdentifier) {
        calls.push({ cancel: uniqueIdentifier });
        return null;
      },
      currentDownloads: async () => [],
      async acquireExclusiveControl(before) {
        calls.push({ acquire: before });
        return null;
      },
      releaseExclusiveControl: () => void calls.push("release"),
    },
  };
}

export interface TestRunOptions extends Partial<Omit<ExtensionRunOptions, "launch">> {
  readonly message?: SystemMessage;
  readonly checkpoints?: boolean;
  /** Milliseconds of `load` and of each callback that is not named; nobody waits for them. */
  readonly deadline?: number;
  readonly deadlines?: Partial<ExtensionRunOptions["launch"]["configuration"]["deadlines"]>;
}

/** Delivers a message to a program. */
export function run(command: HostCommand, options: TestRunOptions = {}): Promise<ExtensionRun> {
  const { message = contentRequest, checkpoints = false, deadline = 60_000, deadlines, ...others } = options;
  return runExtension(command, message, {
    launch: {
      bundlePath: "/handler.cjs",
      configuration: {
        mode: "unmanaged",
        applicationGroupIdentifier: "group.example",
        deadlines: {
          load: deadline,
          downloads: deadline,
          didReceiveChallenge: deadline,
          downloadFailed: deadline,
          downloadFinished: deadline,
          extensionWillTerminate: deadline,
          shouldDownload: deadline,
          ...deadlines,
        },
        policies: { downloads: "discard", didReceiveChallenge: "cancelChallenge", shouldDownload: false },
        limits: { heapMegabytes: 64 },
      },
      device: {
        container: join(temporaryFolder(), "container"),
        environment: { platform: "macOS", osVersion: "26.1", locale: "de-DE" },
        bundle: { infoDictionary: {}, appInfoDictionary: {} },
        clockOffset: 0,
        nativeFunctions: [],
      },
      checkpoints,
    },
    system: recordingSystem().services,
    nativeFunctions: {},
    kills: () => false,
    ...others,
  });
}
