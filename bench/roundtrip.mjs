// Event → async handler → reply through the C ABI on libnode, beside its floor: a postMessage echo of a worker thread
// of the same Node with its default flags (JIT included, which the runtime does without), in the same run. Batches in turn; the first of each warms up.
import { execFileSync } from "node:child_process";
import { buildHandler } from "./lib/handler.mjs";
import { median, round } from "./lib/statistics.mjs";
import { roundtripProgram, root } from "./lib/toolchain.mjs";

export async function measure({ runs = 3, note }) {
  note("Building the round-trip program and the handler…");
  const bundle = buildHandler("project");
  const program = roundtripProgram();
  const trips = 500;
  const figures = { runtime: [], floor: [] };
  for (let run = 0; run < runs; run += 1) {
    figures.runtime.push(...batches([program, bundle, String(trips)]));
    figures.floor.push(...batches(["node", `${root}bench/lib/echo.cjs`, String(trips)]));
    note(`round ${run + 1} of ${runs}`);
  }
  const roundtripUs = median(figures.runtime);
  const floorUs = median(figures.floor);
  return {
    measure: "roundtrip",
    engine: "node",
    runs,
    trips: figures.runtime.length * trips,
    roundtripUs: round(roundtripUs),
    floorUs: round(floorUs),
    ratio: round(roundtripUs / floorUs, 3),
  };
}

/** Microseconds per round trip, by batch. @param {readonly string[]} command */
function batches(command) {
  const [file, ...args] = command;
  const output = execFileSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return output.trim().split("\n").slice(1).map(Number);
}
