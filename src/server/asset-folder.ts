import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { UserError } from "../diagnostics/index.js";

/** A file of the folder, as the server serves it. */
export interface AssetFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Absolute, without symbolic links. */
  readonly realPath: string;
  readonly stat: { readonly size: bigint; readonly mtimeNs: bigint; readonly mtime: Date };
}

/** A folder of assets: what is outside it, and what a dot hides, does not exist here. */
export interface AssetFolder {
  /** The file under a URL path; null when there is none. */
  find(urlPath: string): Promise<AssetFile | null>;
  /** All files, sorted by path. */
  list(): Promise<AssetFile[]>;
}

/** @throws UserError `BA_ASSETS_NOT_FOUND` when `directory` is no folder. */
export async function openAssetFolder(directory: string): Promise<AssetFolder> {
  const root = await realFolder(directory);
  const inside = (path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

  /** The real path of `path` when it is inside the folder; null for a missing file, a broken or an escaping link. */
  async function resolveInside(path: string): Promise<string | null> {
    const real = await realpath(path).catch(() => null);
    return real !== null && inside(real) ? real : null;
  }

  async function describe(path: string, realPath: string): Promise<AssetFile | null> {
    const found = await stat(realPath, { bigint: true }).catch(() => null);
    return found?.isFile() ? { path, realPath, stat: found } : null;
  }

  async function* walk(path: string, above: readonly string[]): AsyncGenerator<AssetFile> {
    const here = above.at(-1) ?? root;
    for (const name of await readdir(here)) {
      if (name.startsWith(".")) continue;
      const real = await resolveInside(join(here, name));
      // A link to a folder above would never end.
      if (real === null || above.includes(real)) continue;
      const child = path === "" ? name : `${path}/${name}`;
      const file = await describe(child, real);
      if (file) yield file;
      else if ((await stat(real).catch(() => null))?.isDirectory()) yield* walk(child, [...above, real]);
    }
  }

  return {
    async find(urlPath) {
      const segments = decodeSegments(urlPath);
      if (segments === null) return null;
      const real = await resolveInside(join(root, ...segments));
      return real === null ? null : describe(segments.join("/"), real);
    },
    async list() {
      const files: AssetFile[] = [];
      for await (const file of walk("", [root])) files.push(file);
      return files.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

async function realFolder(directory: string): Promise<string> {
  const real = await realpath(directory).catch(() => null);
  if (real !== null && (await stat(real)).isDirectory()) return real;
  throw new UserError("BA_ASSETS_NOT_FOUND", `The folder of assets does not exist: ${directory}`, {
    hint: "Create it and put the files to download into it, or set simulate.server.directory in ba.config.ts.",
  });
}

/** Null for a path that cannot name a file of the folder: dot-files and `..` among them. */
function decodeSegments(urlPath: string): string[] | null {
  try {
    const segments = urlPath.replace(/^\//, "").split("/").map(decodeURIComponent);
    return segments.every((name) => name !== "" && !name.startsWith(".") && !/[/\0]/.test(name) && !name.includes(sep))
      ? segments
      : null;
  } catch {
    return null;
  }
}
