// Peak of private dirty memory and time while a handler returns every entry of its manifest, through `items()` and an
// async generator, for manifests of growing length. The floor is a bare embed of the same libnode; what is watched is the
// difference between lengths, and the time for each entry beside that at 1,000.
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  contentRequest,
  firstByte,
  installMessage,
  launch,
  launchAndAsk,
  loadAndDispatch,
  privateDirty,
  start,
} from "./lib/extension.mjs";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { bareEmbed, hostProgram, root, swiftExtension } from "./lib/toolchain.mjs";

// The first entry also compiles the code that reads it: what it takes is no cost of an entry.
const lengths = [1, 100, 1_000, 10_000, 100_000];

export async function measure({ runs = 7, note }) {
  // On a disk, not in a file system of memory, whose pages always count as dirty.
  mkdirSync(`${root}build`, { recursive: true });
  const folder = mkdtempSync(`${root}build/bench-`);
  try {
    note("Building the programs, the bare embed and the handler…");
    const bundle = buildHandler("manifest-project");
    const manifests = lengths.map((entries) => writeManifest(folder, entries));
    const hosts = {
      libnode: hostOfGuest(hostProgram(), bundle),
      swift: hostWithPrincipal(swiftExtension(), bundle, folder),
    };
    const bare = { command: [bareEmbed()], answer: firstByte };
    const floor = { ms: [], bytes: [] };
    const empty = { libnode: [null], swift: [] };
    const taken = Object.fromEntries(
      Object.keys(hosts).map((host) => [host, lengths.map(() => ({ ms: [], answerMs: [], bytes: [] }))]),
    );
    for (let run = -1; run < runs; run += 1) {
      const { ms, bytes } = await start(bare);
      const unasked = await start({ command: hosts.swift.command, answer: (child) => launch(child, bundle, folder) });
      if (run >= 0) {
        floor.ms.push(ms);
        floor.bytes.push(bytes);
        empty.swift.push(unasked.bytes);
      }
      for (const [name, host] of Object.entries(hosts)) {
        for (const [index, entries] of lengths.entries()) {
          const { ms, peak, answerMs } = await once(host, manifests[index], entries);
          if (run < 0) continue; // the first round warms the disk cache
          taken[name][index].ms.push(ms);
          taken[name][index].answerMs.push(answerMs);
          taken[name][index].bytes.push(peak);
        }
      }
      if (run >= 0) note(`round ${run + 1} of ${runs}`);
    }
    return Object.keys(hosts).flatMap((host) => rows(host, taken[host], floor, median(empty[host])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {number | null} emptyBytes what the process takes before its engine starts, where that can be seen */
function rows(host, taken, floor, emptyBytes) {
  const first = median(taken[0].answerMs);
  const cost = lengths.map((entries, index) => ((median(taken[index].answerMs) - first) / (entries - 1)) * 1000);
  const thousand = cost[lengths.indexOf(1_000)];
  return lengths.slice(1).map((entries, index) => {
    const bytes = median(taken[index + 1].bytes);
    return {
      engine: "node",
      host,
      entries,
      privateDirtyBytes: bytes,
      floorBytes: median(floor.bytes),
      emptyHostBytes: emptyBytes,
      aboveFloorBytes: bytes - median(floor.bytes),
      startupMs: round(median(taken[index + 1].ms)),
      startupFloorMs: round(median(floor.ms)),
      microsecondsPerEntry: round(cost[index + 1]),
      perEntryRatio: round(cost[index + 1] / thousand),
    };
  });
}

/** The principal class is in another process: memory is read while downloads leave. */
const hostOfGuest = (program, bundle) => ({
  command: [program],
  ask(child, manifest, entries, look) {
    const every = Math.max(500, entries / 20);
    return loadAndDispatch(child, bundle, contentRequest(manifest), (count) => count % every === 0 && look());
  },
});

/**
 * The answer leaves as a whole: memory is read all the time. Each start has a container of its own, for what was scheduled
 * before is in the principal's table.
 */
const hostWithPrincipal = (program, bundle, folder) => ({
  command: [program],
  async ask(child, manifest, _entries, look) {
    const timer = setInterval(look, 5);
    try {
      return await launchAndAsk(child, bundle, mkdtempSync(join(folder, "container-")), installMessage(manifest));
    } finally {
      clearInterval(timer);
    }
  },
});

/** One start and one answer, with the highest memory seen. */
async function once({ command, ask }, manifest, entries) {
  let peak = 0;
  const { ms, bytes, result } = await start({
    command,
    answer: (child) => ask(child, manifest, entries, () => (peak = Math.max(peak, privateDirty(child.pid)))),
  });
  if (result.downloads !== entries) throw new Error(`${result.downloads} downloads of ${entries}.`);
  return { ms, peak: Math.max(peak, bytes), answerMs: result.answerMs };
}

/** 92 bytes an entry. */
function writeManifest(folder, entries) {
  const assets = Array.from({ length: entries }, (_, index) => {
    const path = `level-${String(index).padStart(6, "0")}.pak`;
    return { path, url: `https://assets.example.com/${path}`, size: 100_000 + index };
  });
  const file = join(folder, `manifest-${entries}.json`);
  const fd = openSync(file, "w");
  writeFileSync(fd, JSON.stringify({ version: "1", assets }));
  // Pages that wait to be written would count as dirty memory of the process that maps them.
  fsyncSync(fd);
  closeSync(fd);
  return file;
}
