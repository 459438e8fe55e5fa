import { faultTable, type FaultKind } from "../simulator/faults/index.js";
import { printJson, type Context } from "./context.js";

/** `--fault help`: every fault, as people write it, or as JSON. */
export function printFaultHelp(context: Context, json: boolean): void {
  const faults = Object.entries<FaultKind>(faultTable);
  if (json) return printJson(context, { faults: faults.map(([name, kind]) => ({ name, ...kind })) });
  const width = Math.max(...faults.map(([name]) => name.length)) + 2;
  const lines = faults.flatMap(([name, kind]) => [
    `${name.padEnd(width)}${kind.effect}`,
    ...details(kind).map((line) => `${" ".repeat(width)}${line}`),
  ]);
  context.stdout.write(`${[...grammar, ...lines].join("\n")}\n`);
}

const grammar = ["A fault is written name[=value][*times][@where]; --fault can be given several times.", ""];

function details({ value, times, where, manifest, example }: FaultKind): string[] {
  const everywhere = manifest ? "every file" : "every download";
  const place =
    typeof where === "string" ? `for ${everywhere}, or behind @: ${where}` : `behind @: ${where.join(", ")}`;
  // Shells take a star for files.
  const quoted = example.includes("*") ? `'${example}'` : example;
  return [`${times}; ${place}`, ...(value ? [`behind =: ${unitOf(value)}`] : []), `--fault ${quoted}`];
}

/** `percent of the file, 0 to 99; 50 unless given`. */
function unitOf({ unit, min, max, standard }: NonNullable<FaultKind["value"]>): string {
  const range = max < Number.MAX_SAFE_INTEGER ? `${min} to ${max}` : `${min} or more`;
  return `${unit}, ${range}${standard === null ? "" : `; ${standard} unless given`}`;
}
