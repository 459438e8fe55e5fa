import type { IncomingHttpHeaders } from "node:http";

/** The size of a file and which version of it there is; null where a server does not say. */
export interface Version {
  /** Bytes. */
  readonly size: number;
  readonly etag: string | null;
  readonly lastModified: Date | null;
}

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Which part of `content` a GET asks for (RFC 9110, section 14). `null` is the whole: no range, one that this server
 * does not understand (several ranges, other units), or an `If-Range` that names another version.
 */
export function requestedRange(headers: IncomingHttpHeaders, content: Version): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range?.replaceAll(" ", "") ?? "");
  if (!match || !isCurrent(headers["if-range"], content)) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") return within(Math.max(0, content.size - Number(last)), content.size, content.size);
  if (last !== "" && Number(last) < Number(first)) return null;
  return within(Number(first), last === "" ? content.size : Number(last) + 1, content.size);
}

function within(start: number, end: number, size: number): ByteRange | "unsatisfiable" {
  return start < size ? { start, end: Math.min(end, size) } : "unsatisfiable";
}

function isCurrent(ifRange: string | string[] | undefined, { etag, lastModified }: Version): boolean {
  if (typeof ifRange !== "string") return true;
  // A weak tag is never the same (RFC 9110, section 13.1.5).
  return (ifRange === etag && !etag.startsWith("W/")) || ifRange === lastModified?.toUTCString();
}
