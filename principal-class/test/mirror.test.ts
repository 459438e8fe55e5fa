import { beforeAll, describe, expect, it } from "vitest";

import { requireOrSkip } from "../../test/skip.js";
import { compare, report } from "./compare.js";
import { mirrorModules, readDeclared } from "./declared.js";
import { build, type Built, hasSwift, rawValues, sendableCounts, symbolGraphs } from "./swift-build.js";
import { readGraphs } from "./symbol-graph.js";

// What a symbol graph cannot say, and where it is held instead: Mirror/README.md.
const skip = requireOrSkip(await hasSwift(), "Swift", "sudo scripts/linux-toolchain setup");
/** Modules whose declarations are, to a caller, those of the mirror module: C enums cannot be written in Swift. */
const reexported: Readonly<Record<string, readonly string[]>> = { BackgroundAssets: ["CBackgroundAssets"] };
const minutes = 60_000;

describe.skipIf(skip)("mirror modules against the documented declarations", () => {
  let built: Built;

  beforeAll(async () => {
    built = await build(mirrorModules);
  }, 15 * minutes);

  it.each(mirrorModules)(
    "%s",
    async (module) => {
      const graphs = [];
      for (const name of [module, ...(reexported[module] ?? [])]) graphs.push(...(await symbolGraphs(built, name)));
      const mirror = readGraphs(graphs);
      const declared = readDeclared(module);
      const numbers = declared.filter((symbol) => symbol.rawValue !== undefined).map((symbol) => symbol.path);
      const present = new Set(mirror.map((symbol) => symbol.path));

      const differences = compare(
        declared,
        mirror,
        {
          // One that is missing would keep the program from compiling; it is reported as missing.
          rawValues: await rawValues(
            built,
            module,
            numbers.filter((path) => present.has(path)),
          ),
          sendable: await sendableCounts(
            built,
            mirror.map((symbol) => symbol.precise),
          ),
        },
        mirrorModules.filter((name) => name !== module).flatMap((name) => readDeclared(name)),
      );

      expect(mirror.length, "the graph has symbols").toBeGreaterThan(0);
      expect(report(differences)).toBe("");
    },
    10 * minutes,
  );
});
