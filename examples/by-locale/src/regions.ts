import type { FileReader } from "ba-extension";

/** The manifest: `{ "default": "en", "regions": { "en": {…}, "pt-BR": {…} } }`. */
export interface Region {
  /** Its key among the regions: a BCP 47 tag. */
  readonly name: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/**
 * The region for a locale: that of the tag, or of the tag without its last part (`zh-Hant-TW`, `zh-Hant`, `zh`), or the
 * default. Only these are read, however many the manifest has.
 */
export function findRegion(manifest: FileReader, locale: string): Region {
  for (let tag = locale; tag !== ""; tag = tag.replace(/-?[^-]*$/, "")) {
    const region = manifest.get<Region>(`/regions/${tag}`);
    if (region) return region;
  }
  const fallback = manifest.get<string>("/default") ?? "en";
  const region = manifest.get<Region>(`/regions/${fallback}`);
  if (!region) throw new Error(`The manifest has no region for ${locale}, and its default ${fallback} is none either.`);
  return region;
}
