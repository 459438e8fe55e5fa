import { join, relative, resolve, sep } from "node:path";
import { packageRoot } from "../config/index.js";
import { internalScheme } from "../diagnostics/index.js";

/** What the build calls the module that joins handler and guest. */
export const startModule = "ba-extension:start";

/**
 * Renames this package's own modules in a source map to `ba-extension:///…`: their way from the bundle differs from
 * machine to machine, and stacks leave them out. All other sources stay relative to the map.
 */
export function withPortableSources(map: string, directory: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  const root = packageRoot();
  const own = ["src", "dist"].map((folder) => join(root, folder) + sep);
  const sources = parsed.sources.map((source) => {
    const file = resolve(directory, source);
    const isOwn = own.some((folder) => file.startsWith(folder));
    if (file.endsWith(startModule)) return internalScheme + "start";
    return isOwn ? internalScheme + relative(root, file).replaceAll(sep, "/") : source;
  });
  return JSON.stringify({ ...parsed, sources });
}
