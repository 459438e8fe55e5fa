import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * What the project asks for as `ba-extension`: this version from the registry. A scaffolder that was itself installed
 * from a packed file (`npm pack`, before a release) takes the library that was packed beside it.
 *
 * @param packageRoot this package's own folder
 */
export function librarySpec(packageRoot: string, version: string): string {
  const packed = packedBeside(packageRoot, `ba-extension-${version}.tgz`);
  return packed === undefined ? `^${version}` : `file:${packed}`;
}

/** Absolute path of `file` in the folder that this package was installed from, if it came as a file. */
function packedBeside(packageRoot: string, file: string): string | undefined {
  const modules = dirname(packageRoot);
  const record = join(modules, ".package-lock.json"); // npm's own, of what it installed in this folder
  if (!existsSync(record)) return undefined;
  const lock = JSON.parse(readFileSync(record, "utf8")) as {
    packages?: Record<string, { resolved?: string } | undefined>;
  };
  const from = lock.packages?.["node_modules/create-ba-extension"]?.resolved;
  if (!from?.startsWith("file:")) return undefined;
  const packed = resolve(dirname(modules), dirname(from.slice("file:".length)), file);
  return existsSync(packed) ? packed : undefined;
}
