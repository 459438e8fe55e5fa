import { createHash } from "node:crypto";
import { requestedRange } from "./range.js";
import type { ScriptedRequest, ScriptedResponse } from "./scripted-server.js";

export interface ScriptedFileOptions {
  /** With its quotes, `W/` before them for a weak one; null for none. Defaults to a strong one of the content. */
  readonly etag?: string | null;
  /** `Last-Modified`; without one there is none. */
  readonly lastModified?: Date;
  /** False: a server that does not know ranges and answers with the whole file. Defaults to true. */
  readonly ranges?: boolean;
}

/**
 * The answer for one file as a well-behaved server gives it: the whole, or the range that was asked for.
 *
 * @example
 * respond: (request) => ({ ...fileResponse(request, level), after: "cut" })
 */
export function fileResponse(
  { method, headers }: Pick<ScriptedRequest, "method" | "headers">,
  content: string | Uint8Array,
  options: ScriptedFileOptions = {},
): ScriptedResponse {
  const body = typeof content === "string" ? Buffer.from(content) : content;
  const {
    etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`,
    lastModified,
    ranges = true,
  } = options;
  const validators = {
    ...(etag !== null && { ETag: etag }),
    ...(lastModified && { "Last-Modified": lastModified.toUTCString() }),
  };
  const version = { size: body.length, etag, lastModified: lastModified ?? null };
  const range = ranges && method === "GET" ? requestedRange(headers, version) : null;
  if (range === "unsatisfiable") {
    return { status: 416, headers: { ...validators, "Content-Range": `bytes */${body.length}` } };
  }
  if (range === null) return { status: 200, headers: validators, body };
  return {
    status: 206,
    headers: { ...validators, "Content-Range": `bytes ${range.start}-${range.end - 1}/${body.length}` },
    body: body.subarray(range.start, range.end),
  };
}
