import { createHash } from "node:crypto";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Real published files that `npm ci` puts on every machine, about 20 MB, and their places in assets/. */
const files = [
  ["typescript/lib/lib.dom.d.ts", "essential/lib.dom.d.ts"],
  ["typescript/lib/_tsc.js", "tools/tsc.js"],
  ["typescript/lib/typescript.js", "tools/typescript.js"],
  ["typescript/lib/typescript.d.ts", "tools/typescript.d.ts"],
  ["vite/dist/node/chunks/node.js", "tools/vite.js"],
];

/** @typedef {{ path: string, size: number, sha256: string }} Asset */

/**
 * Copies them below `directory`.
 *
 * @returns {Promise<Asset[]>}
 */
export async function copyAssets(nodeModules, directory) {
  const assets = [];
  for (const [from, path] of files) {
    const source = join(nodeModules, from);
    await cp(source, join(directory, path)).catch((cause) => {
      throw new Error(`The demo needs ${source}. Run: npm ci`, { cause });
    });
    assets.push({ path, ...(await describe(source)) });
  }
  return assets;
}

/** @returns {Promise<{ size: number, sha256: string }>} */
export async function describe(file) {
  const content = await readFile(file);
  return { size: content.length, sha256: createHash("sha256").update(content).digest("hex") };
}
