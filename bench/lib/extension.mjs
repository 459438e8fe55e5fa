import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { decode, encode } from "./frames.mjs";

/**
 * One start, until `answer(child)` has resolved: milliseconds, and the private dirty memory then. The child ends when its
 * fd 3 does.
 */
export async function start({ command, answer }) {
  const [file, ...args] = command;
  const begin = process.hrtime.bigint();
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const result = await answer(child);
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  const bytes = privateDirty(child.pid);
  child.stdio[3].end();
  child.kill("SIGKILL");
  await ended;
  return { ms, bytes, result };
}

/** The bare programs say one byte. */
export async function firstByte(child) {
  for await (const _ of child.stdio[4]) return;
  throw new Error("The program ended without an answer.");
}

/** Loads a bundle and sends one event, until it is answered. @param {(count: number) => void} onDownload */
export async function loadAndDispatch(child, bundlePath, event, onDownload = () => {}) {
  let downloads = 0;
  let dispatched = 0n;
  for await (const frame of decode(child.stdio[4])) {
    if (frame.kind === "hello") {
      child.stdio[3].write(
        encode({ kind: "load", bundlePath, configuration, deadlineMs: 5000, limits: { heapMegabytes: 64 } }),
      );
    }
    if (frame.kind === "loaded") {
      dispatched = process.hrtime.bigint();
      child.stdio[3].write(encode({ kind: "dispatch", id: 1, deadlineMs: 60_000, event }));
    }
    if (frame.kind === "download") onDownload((downloads += 1));
    if (frame.kind === "reply" && frame.outcome === "answered" && frame.reply.status === "fulfilled") {
      return { downloads, answerMs: Number(process.hrtime.bigint() - dispatched) / 1e6 };
    }
    if (frame.kind === "reply" || frame.kind === "loadFailed")
      throw new Error(`The handler failed: ${JSON.stringify(frame)}`);
  }
  throw new Error("The host program ended without an answer.");
}

const configuration = {
  mode: "unmanaged",
  callbacks: ["downloads", "downloadFinished", "extensionWillTerminate"],
  environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
  bundle: { infoDictionary: {}, appInfoDictionary: {} },
  clockOffset: 0,
};

/** A Swift extension that has been made, before its first call: no engine runs yet. Gives the frames that follow. */
export async function launch(child, bundlePath, container) {
  const frames = decode(child.stdio[4]);
  // One by one: a loop that is left early would end the stream.
  expectKind("hello", await frames.next());
  child.stdio[3].write(encode(launchFrame(bundlePath, container)));
  expectKind("launched", await frames.next());
  return frames;
}

/** Launches a Swift extension, and sends it one message, until it is answered. */
export async function launchAndAsk(child, bundlePath, container, message) {
  const frames = await launch(child, bundlePath, container);
  const asked = process.hrtime.bigint();
  child.stdio[3].write(encode({ kind: "message", id: 1, message }));
  for await (const frame of frames) {
    if (frame.kind !== "reply") continue;
    const { outcome, answer } = frame.reply;
    if (outcome !== "answered") throw new Error(`The handler failed: ${JSON.stringify(frame.reply)}`);
    return { downloads: answer.downloads.length, answerMs: Number(process.hrtime.bigint() - asked) / 1e6 };
  }
  throw new Error("The extension ended without an answer.");
}

function expectKind(kind, { value: frame }) {
  if (frame?.kind !== kind) throw new Error(`The extension said ${JSON.stringify(frame)}, not ${kind}.`);
}

const { environment, bundle, clockOffset } = configuration;
const launchFrame = (bundlePath, container) => ({
  kind: "launch",
  bundlePath,
  configuration: {
    mode: "unmanaged",
    applicationGroupIdentifier: "group.com.example.bench",
    deadlines: {
      load: 5000,
      downloads: 60_000,
      didReceiveChallenge: 10_000,
      downloadFailed: 20_000,
      downloadFinished: 20_000,
      extensionWillTerminate: 1000,
      shouldDownload: 5000,
    },
    policies: { downloads: "discard", didReceiveChallenge: "performDefaultHandling", shouldDownload: true },
    limits: { heapMegabytes: 64 },
  },
  device: { environment, bundle, clockOffset, container, nativeFunctions: [] },
  checkpoints: false,
});

/** The message of an install. @param {string} manifestPath */
export const installMessage = (manifestPath) => ({
  kind: "contentRequest",
  rawValue: 1,
  manifestPath,
  extensionInfo: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
});

/** The event of an install. @param {string} path of the manifest */
export function contentRequest(path) {
  return {
    kind: "downloads",
    contentRequest: "install",
    contentRequestRawValue: 1,
    essentialAllowed: true,
    manifest: { path, size: readFileSync(path).length, token: "manifest" },
    info: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
  };
}

/** Bytes. @param {number} pid */
export function privateDirty(pid) {
  const kilobytes = /^Private_Dirty:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
