import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InternalError } from "../diagnostics/index.js";

const here = fileURLToPath(import.meta.url);

/** Absolute path of the folder with the package.json of `ba-extension`, from sources and from `dist` alike. */
export function packageRoot(): string {
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "ba-extension")
      return folder;
    if (folder === dirname(folder))
      throw new InternalError("BA_NO_PACKAGE_ROOT", `No package.json of ba-extension is above ${here}.`);
  }
}

/** Modules of ours that enter a bundle: as a source, and as the build makes it. */
const modules = {
  "ba-extension": { source: "src/sdk/index.ts", built: "dist/index.js" },
  "ba-extension/config": { source: "src/config/public.ts", built: "dist/config.js" },
  "ba-extension/guest": { source: "src/guest/index.ts", built: "dist/guest/index.js" },
} as const;

export type OwnModule = keyof typeof modules;

export const isOwnModule = (specifier: string): specifier is OwnModule => Object.hasOwn(modules, specifier);

/**
 * Absolute path of a module of ours: the source when this process runs from the sources (as tests do), the built
 * form when it runs from `dist`.
 */
export function moduleFile(module: OwnModule): string {
  return join(packageRoot(), modules[module][extname(here) === ".ts" ? "source" : "built"]);
}
