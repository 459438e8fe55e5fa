import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { listFiles } from "../container.js";
import { describe, listing, verdict, type MatcherResult } from "./result.js";

/** What a file must have; all of it is optional. */
export interface ExpectedFile {
  /** Bytes. */
  readonly size?: number | undefined;
  /** Of the content, hexadecimal. */
  readonly sha256?: string | undefined;
}

const caches = "Library/Caches/";

/** Whether a path of a report is the one that a test names: as the report has it, or as `file.moveTo` takes it. */
export const sameFile = (reported: string, named: string): boolean =>
  reported === named || reported === `${caches}${named}`;

export function toHaveFile(received: unknown, path: string, expected: ExpectedFile = {}): MatcherResult {
  const container = containerOf(received);
  const inside = normalize(path).replaceAll("\\", "/");
  if (isAbsolute(path) || inside.startsWith("..")) {
    throw new TypeError(`toHaveFile takes a path below the container or below ${caches}, not ${JSON.stringify(path)}.`);
  }
  const found = [`${caches}${inside}`, inside].map((place) => join(container, place)).find(isFile);
  const differences = found === undefined ? [] : differencesOf(found, expected);
  const wanted = Object.entries(expected).filter(([, value]) => value !== undefined);
  const details = wanted.map(([key, value]) => ` ${key} ${value}`).join(",");
  const sentence = `have the file ${JSON.stringify(path)}${details && ` with${details}`}`;
  return verdict(found !== undefined && differences.length === 0, "the app group's container", sentence, () =>
    found === undefined
      ? listing("it has these files:", `it has no files: ${container}`, listFiles({ container }))
      : listing("it has the file, with", "it has the file", differences),
  );
}

/** A simulator, and a report, know the container. */
function containerOf(received: unknown): string {
  const container = (received as { container?: unknown } | null | undefined)?.container;
  if (typeof container === "string") return container;
  throw new TypeError(
    `toHaveFile looks at a simulator, and was given ${describe(received)}. Write expect(simulator).toHaveFile(…).`,
  );
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function differencesOf(file: string, { size, sha256 }: ExpectedFile): string[] {
  const differences: string[] = [];
  const actualSize = statSync(file).size;
  if (size !== undefined && actualSize !== size) differences.push(`size ${actualSize}`);
  if (sha256 !== undefined) {
    const actual = digest(file);
    if (actual !== sha256.toLowerCase()) differences.push(`sha256 ${actual}`);
  }
  return differences;
}

/** In pieces, because a downloaded file can be larger than a test should hold. */
function digest(file: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(1 << 20);
  const descriptor = openSync(file, "r");
  try {
    for (let length; (length = readSync(descriptor, piece)) > 0;) hash.update(piece.subarray(0, length));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
