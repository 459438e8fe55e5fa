import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AssetFile, AssetFolder } from "./asset-folder.js";
import { bufferContent, type Content } from "./content.js";

/** The manifest that is made from a folder of assets. */
export interface GeneratedManifest {
  /** First 12 hexadecimal digits of the SHA-256 of `assets` as JSON: changes when any asset does. */
  readonly version: string;
  /** Sorted by path. */
  readonly assets: readonly {
    /** Relative to the folder, with `/`. */
    readonly path: string;
    readonly url: string;
    /** Bytes. */
    readonly size: number;
    /** Lower-case hexadecimal. */
    readonly sha256: string;
  }[];
}

/**
 * Makes manifests from what `folder` holds at that moment. A file is read again only when its size or its time of
 * modification changed.
 *
 * @param origin Scheme and host of the assets' production URLs, without a slash at the end.
 */
export function createManifestSource(folder: AssetFolder, origin: string): () => Promise<Content> {
  const digests = new Map<string, { key: string; sha256: string }>();

  async function sha256(file: AssetFile): Promise<string> {
    const key = `${file.stat.size}-${file.stat.mtimeNs}`;
    const known = digests.get(file.realPath);
    if (known?.key === key) return known.sha256;
    const hash = createHash("sha256");
    await pipeline(createReadStream(file.realPath), hash);
    const made = { key, sha256: hash.digest("hex") };
    digests.set(file.realPath, made);
    return made.sha256;
  }

  async function make(): Promise<Content> {
    const assets: GeneratedManifest["assets"][number][] = [];
    let lastModified = new Date(0);
    for (const file of await folder.list()) {
      const url = `${origin}/${file.path.split("/").map(encodeURIComponent).join("/")}`;
      assets.push({ path: file.path, url, size: Number(file.stat.size), sha256: await sha256(file) });
      if (file.stat.mtime > lastModified) lastModified = file.stat.mtime;
    }
    const version = createHash("sha256").update(JSON.stringify(assets)).digest("hex").slice(0, 12);
    const manifest: GeneratedManifest = { version, assets };
    return bufferContent(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), {
      etag: `"${version}"`,
      lastModified,
      type: "application/json",
    });
  }

  // Requests that come at the same time share one pass over the folder.
  let pending: Promise<Content> | undefined;
  return () => (pending ??= make().finally(() => (pending = undefined)));
}
