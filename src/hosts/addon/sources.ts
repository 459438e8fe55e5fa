import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { buildFlags } from "./compiler.js";

const list = z.array(z.string());
/** `embed-runtime/sources.json`: the one list of translation units, relative to `embed-runtime/`; these make the addon. */
const sourceLists = z.object({
  core: list,
  "engine-node": list,
  "process-addon": list,
  extension: list,
  addon: list,
});

export interface AddonSources {
  /** Absolute paths of the translation units. */
  readonly files: readonly string[];
  /** Absolute paths, for `-I`. */
  readonly includes: readonly string[];
  /** Absolute path of node-addon-api's headers. */
  readonly nodeAddonApi: string;
  /** Of everything that decides what the addon is: sources, headers, the version of node-addon-api, flags. */
  readonly hash: string;
}

/** @param root the package's root */
export async function readSources(root: string): Promise<AddonSources> {
  const runtime = join(root, "embed-runtime");
  const lists = sourceLists.parse(JSON.parse(await readFile(join(runtime, "sources.json"), "utf8")));
  const files = Object.values(lists)
    .flat()
    .map((file) => join(runtime, file));
  const headers = (await Promise.all(["include", "src"].map((folder) => headersBelow(join(runtime, folder))))).flat();
  const nodeAddonApi = createRequire(join(root, "package.json")).resolve("node-addon-api/package.json");
  const hash = createHash("sha256").update(buildFlags.join("\0"));
  for (const file of [...files, ...headers.sort(), nodeAddonApi]) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update("\0");
  }
  return {
    files,
    includes: [join(runtime, "include"), join(runtime, "src")],
    nodeAddonApi: dirname(nodeAddonApi),
    hash: hash.digest("hex").slice(0, 16),
  };
}

async function headersBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(h|hpp|inc)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
