import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The addon of the platform package (`@ba-extension/runtime-<platform>-<arch>`), if it is installed, of our version, and
 * has one for this Node.
 * @param root the package's root
 */
export async function findPrebuilt(root: string, version: string): Promise<string | undefined> {
  let manifest: string;
  try {
    manifest = createRequire(join(root, "package.json")).resolve(
      `@ba-extension/runtime-${process.platform}-${process.arch}/package.json`,
    );
  } catch {
    return undefined; // not installed
  }
  const installed = JSON.parse(await readFile(manifest, "utf8")) as { readonly version?: unknown };
  if (installed.version !== version) return undefined;
  const addon = join(dirname(manifest), `node-v${process.versions.modules}`, "ba_runtime.node");
  return existsSync(addon) ? addon : undefined;
}
