import { mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { expect } from "vitest";
import { encodePropertyList } from "../../sdk/property-list.js";
import { parsePropertyList } from "../property-list.js";
import type { FileAfter, FileBefore } from "../vectors/format.js";

/** Puts the files of a vector below the root. */
export async function placeFiles(root: string, files: Readonly<Record<string, FileBefore>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === "string") await writeFile(path, content);
    else if ("json" in content) await writeFile(path, JSON.stringify(content.json));
    else await symlink(content.symlink, path);
  }
}

/** Compares every file and link below the root; folders count only by what is in them. */
export async function checkFiles(root: string, expected: Readonly<Record<string, FileAfter>>): Promise<void> {
  const found = await filesBelow(root);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, content] of Object.entries(expected)) {
    const actual = found[name];
    if (typeof content === "object" && "json" in content) {
      expect(JSON.parse(String(actual))).toMatchObject(content.json);
    } else if (typeof content === "object" && "exactly" in content) {
      expect(JSON.parse(String(actual))).toEqual(content.exactly);
    } else if (typeof content === "object" && "propertyList" in content) {
      expect(encodePropertyList(parsePropertyList(String(actual)))).toEqual(content.propertyList);
    } else {
      expect({ [name]: actual }).toEqual({ [name]: content });
    }
  }
}

async function filesBelow(folder: string): Promise<Record<string, string | { readonly symlink: string }>> {
  const found: Record<string, string | { readonly symlink: string }> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll("\\", "/");
    if (entry.isSymbolicLink()) found[name] = { symlink: await readlink(path) };
    else if (entry.isFile()) found[name] = await readFile(path, "utf8");
  }
  return found;
}
