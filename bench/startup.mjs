// Process start → first answer. In turn, all linked to the same libnode:
//   libnode  the host program: frames, bundle, `downloads` of a minimal handler
//   swift    the same through the Swift principal class; `swift, not asked`: the same process before its first call
//   floor    a bare embed of the same libnode: built-in snapshot, empty script
//   node     the same bundle and the same event in plain `node`
// Private dirty memory is read when the answer is there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  contentRequest,
  firstByte,
  installMessage,
  launch,
  launchAndAsk,
  loadAndDispatch,
  start,
} from "./lib/extension.mjs";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { bareEmbed, hostProgram, root, swiftExtension } from "./lib/toolchain.mjs";

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
      libnode: { command: [hostProgram()], answer: (child) => loadAndDispatch(child, bundle, event) },
      swift: {
        command: [swiftExtension()],
        answer: (child) => launchAndAsk(child, bundle, folder, installMessage(manifest)),
      },
      empty: { command: [swiftExtension()], answer: (child) => launch(child, bundle, folder) },
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
    const floor = { ms: median(taken.floor.ms), bytes: median(taken.floor.bytes) };
    const nodeMs = median(taken.node.ms);
    const row = (host, emptyBytes) => {
      const ms = median(taken[host].ms);
      const bytes = median(taken[host].bytes);
      return {
        measure: "startup",
        engine: "node",
        host,
        runs,
        startupMs: round(ms),
        startupFloorMs: round(floor.ms),
        ratio: round(ms / floor.ms, 3),
        nodeMs: round(nodeMs),
        ratioToNode: round(ms / nodeMs, 3),
        privateDirtyBytes: bytes,
        floorBytes: floor.bytes,
        emptyHostBytes: emptyBytes,
        aboveFloorBytes: bytes - floor.bytes,
        bundleBytes: readFileSync(bundle).length,
      };
    };
    // `emptyHostBytes`: what the process takes before its first call, and the engine with it.
    return [row("libnode", null), row("swift", median(taken.empty.bytes))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
