// `npm run bench -- <measure> [--json] [--runs N]`: one measure, each figure beside a floor taken in the same run, so
// that the ratio holds on any machine (DESIGN: measures that are watched). stdout carries the result only.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inToolchain } from "./lib/toolchain.mjs";

const measures = {
  startup: () => import("./startup.mjs"),
  roundtrip: () => import("./roundtrip.mjs"),
  memory: () => import("./memory.mjs"),
  transfer: () => import("./transfer.mjs"),
};

/** Those that need neither libnode nor a compiler. */
const outside = new Set(["transfer"]);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, runs: { type: "string" } },
});
const name = positionals[0];
const runs = values.runs === undefined ? undefined : Number(values.runs);
if (positionals.length !== 1 || !Object.hasOwn(measures, name) || (runs !== undefined && !(runs > 0))) {
  console.error(`Usage: npm run bench -- <${Object.keys(measures).join(" | ")}> [--json] [--runs N]`);
  process.exit(2);
}

// Inside the toolchain everything starts directly: its wrapper's 12 ms would be part of figure and floor alike.
if (process.env.BA_BENCH_INSIDE !== "1" && !outside.has(name)) {
  const [file, ...args] = inToolchain(["node", fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
  const { status } = spawnSync(file, args, { stdio: "inherit", env: { ...process.env, BA_BENCH_INSIDE: "1" } });
  process.exit(status ?? 1);
}
const { measure } = await measures[name]();
const result = await measure({ runs, note: (line) => console.error(line) });
if (values.json) console.log(JSON.stringify(result, null, 2));
else console.table([result].flat());
