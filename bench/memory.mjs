// Peak of private dirty memory and time while a handler returns every entry of its manifest, through `items()` and an
// async generator, for manifests of growing length. The floor is a bare embed of the same libnode; what is watched is the
// difference between lengths, and the time for each entry beside that at 1,000.
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentRequest, firstByte, loadAndDispatch, privateDirty, start } from "./lib/extension.mjs";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { bareEmbed, hostProgram, root } from "./lib/toolchain.mjs";

// The first entry also compiles the code that reads it: what it takes is no cost of an entry.
const lengths = [1, 100, 1_000, 10_000, 100_000];

export async function measure({ runs = 7, note }) {
  // On a disk, not in a file system of memory, whose pages always count as dirty.
  mkdirSync(`${root}build`, { recursive: true });
  const folder = mkdtempSync(`${root}build/bench-`);
  try {
    note("Building the host program, the bare embed and the handler…");
    const bundle = buildHandler("manifest-project");
    const host = hostProgram();
    const events = lengths.map((entries) => contentRequest(writeManifest(folder, entries)));
    const floor = { command: [bareEmbed()], answer: firstByte };
    const taken = lengths.map(() => ({ ms: [], answerMs: [], bytes: [] }));
    const floors = { ms: [], bytes: [] };
    for (let run = -1; run < runs; run += 1) {
      const bare = await start(floor);
      if (run >= 0) {
        floors.ms.push(bare.ms);
        floors.bytes.push(bare.bytes);
      }
      for (const [index, entries] of lengths.entries()) {
        const { ms, peak, answerMs } = await once(host, bundle, events[index], entries);
        if (run < 0) continue; // the first round warms the disk cache
        taken[index].ms.push(ms);
        taken[index].answerMs.push(answerMs);
        taken[index].bytes.push(peak);
      }
      if (run >= 0) note(`round ${run + 1} of ${runs}`);
    }
    const first = median(taken[0].answerMs);
    const cost = lengths.map((entries, index) => ((median(taken[index].answerMs) - first) / (entries - 1)) * 1000);
    const thousand = cost[lengths.indexOf(1_000)];
    return lengths.slice(1).map((entries, index) => ({
      engine: "node",
      host: "libnode",
      entries,
      privateDirtyBytes: median(taken[index + 1].bytes),
      floorBytes: median(floors.bytes),
      startupMs: round(median(taken[index + 1].ms)),
      startupFloorMs: round(median(floors.ms)),
      microsecondsPerEntry: round(cost[index + 1]),
      perEntryRatio: round(cost[index + 1] / thousand),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One start and one answer, with the highest memory seen: read while downloads come, and at the end. */
async function once(host, bundle, event, entries) {
  let peak = 0;
  const look = (pid) => (peak = Math.max(peak, privateDirty(pid)));
  const every = Math.max(500, entries / 20);
  const { ms, bytes, result } = await start({
    command: [host],
    answer: (child) => loadAndDispatch(child, bundle, event, (count) => count % every === 0 && look(child.pid)),
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
