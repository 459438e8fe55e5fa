// Process start → first answer. Three programs in turn, all linked to the same libnode:
//   runtime  the host program linked to libnode: frames, bundle, `downloads` of a minimal handler
//   floor    a bare embed of the same libnode: built-in snapshot, empty script
//   node     the same bundle and the same event in plain `node`
// Private dirty memory is read when the answer is there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentRequest, firstByte, loadAndDispatch, start } from "./lib/extension.mjs";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { bareEmbed, hostProgram, root } from "./lib/toolchain.mjs";

export async function measure({ runs = 15, note }) {
  const folder = mkdtempSync(join(tmpdir(), "ba-bench-"));
  try {
    note("Building the host program, the bare embed and the handler…");
    const bundle = buildHandler("project");
    const manifest = join(folder, "manifest.json");
    writeFileSync(
      manifest,
      JSON.stringify({ assets: [{ path: "a.pak", url: "https://assets.example.com/a.pak", size: 1 }] }),
    );
    const event = contentRequest(manifest);
    const subjects = {
      runtime: { command: [hostProgram()], answer: (child) => loadAndDispatch(child, bundle, event) },
      floor: { command: [bareEmbed()], answer: firstByte },
      node: { command: ["node", `${root}bench/lib/plain-node.cjs`, bundle, JSON.stringify(event)], answer: firstByte },
    };
    const taken = Object.fromEntries(Object.keys(subjects).map((name) => [name, { ms: [], bytes: [] }]));
    for (let run = -1; run < runs; run += 1) {
      for (const [name, subject] of Object.entries(subjects)) {
        const { ms, bytes } = await start(subject);
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
