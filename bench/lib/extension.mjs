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
  environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
  bundle: { infoDictionary: {}, appInfoDictionary: {} },
  clockOffset: 0,
};

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
