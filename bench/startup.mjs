// Process start → first answer. Three programs in turn, all linked to the same libnode:
//   runtime  the host program linked to libnode: frames, bundle, `downloads` of a minimal handler
//   floor    a bare embed of the same libnode: built-in snapshot, empty script
//   node     the same bundle and the same event in plain `node`
// Private dirty memory is read when the answer is there.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode, encode } from "./lib/frames.mjs";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { bareEmbed, hostProgram, root } from "./lib/toolchain.mjs";

export async function measure({ runs = 15, note }) {
  const folder = mkdtempSync(join(tmpdir(), "ba-bench-"));
  try {
    note("Building the host program, the bare embed and the handler…");
    const bundle = buildHandler();
    const manifest = join(folder, "manifest.json");
    writeFileSync(
      manifest,
      JSON.stringify({ assets: [{ path: "a.pak", url: "https://assets.example.com/a.pak", size: 1 }] }),
    );
    const event = contentRequest(manifest);
    const subjects = {
      runtime: { command: [hostProgram()], answer: (child) => firstAnswer(child, bundle, event) },
      floor: { command: [bareEmbed()], answer: firstByte },
      node: { command: ["node", `${root}bench/lib/plain-node.cjs`, bundle, JSON.stringify(event)], answer: firstByte },
    };
    const taken = Object.fromEntries(Object.keys(subjects).map((name) => [name, { ms: [], bytes: [] }]));
    for (let run = -1; run < runs; run += 1) {
      for (const [name, subject] of Object.entries(subjects)) {
        const { ms, bytes } = await once(subject);
        if (run < 0) continue; // the first round warms the disk cache
        taken[name].ms.push(ms);
        taken[name].bytes.push(bytes);
      }
      if (run >= 0) note(`round ${run + 1} of ${runs}`);
    }
    const startupMs = median(taken.runtime.ms);
    const startupFloorMs = median(taken.floor.ms);
    const nodeMs = median(taken.node.ms);
    const privateDirtyBytes = median(taken.runtime.bytes);
    const floorBytes = median(taken.floor.bytes);
    return {
      measure: "startup",
      engine: "node",
      host: "libnode",
      runs,
      startupMs: round(startupMs),
      startupFloorMs: round(startupFloorMs),
      ratio: round(startupMs / startupFloorMs, 3),
      nodeMs: round(nodeMs),
      ratioToNode: round(startupMs / nodeMs, 3),
      privateDirtyBytes,
      floorBytes,
      aboveFloorBytes: privateDirtyBytes - floorBytes,
      bundleBytes: readFileSync(bundle).length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One start, until the answer. The child ends when its fd 3 does. */
async function once({ command, answer }) {
  const [file, ...args] = command;
  const start = process.hrtime.bigint();
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await answer(child);
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  const bytes = privateDirty(child.pid);
  child.stdio[3].end();
  child.kill("SIGKILL");
  await ended;
  return { ms, bytes };
}

async function firstByte(child) {
  for await (const _ of child.stdio[4]) return;
  throw new Error("The program ended without an answer.");
}

async function firstAnswer(child, bundlePath, event) {
  for await (const frame of decode(child.stdio[4])) {
    if (frame.kind === "hello") {
      child.stdio[3].write(
        encode({ kind: "load", bundlePath, configuration, deadlineMs: 5000, limits: { heapMegabytes: 64 } }),
      );
    }
    if (frame.kind === "loaded") child.stdio[3].write(encode({ kind: "dispatch", id: 1, deadlineMs: 20_000, event }));
    if (frame.kind === "reply" && frame.outcome === "answered" && frame.reply.status === "fulfilled") return;
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

function contentRequest(path) {
  return {
    kind: "downloads",
    contentRequest: "install",
    contentRequestRawValue: 1,
    essentialAllowed: true,
    manifest: { path, size: readFileSync(path).length },
    info: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
  };
}

/** Bytes. @param {number} pid */
function privateDirty(pid) {
  const kilobytes = /^Private_Dirty:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
