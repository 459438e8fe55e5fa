import type { URLDownloadMessage } from "../../protocol/values.js";
import type { Resumption } from "./partial-file.js";

/** A request on its way, redirects and authentication applied. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers that belong to the URL loading system; `URLRequest` documents that it may overwrite them. */
const reserved: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/** The handler's request as it leaves, for the rest of a file that is there in part. */
export function outgoing(request: URLDownloadMessage["request"], url: URL, resumption: Resumption | null): Outgoing {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    url,
    method: (request.method ?? "GET").toUpperCase(),
    headers: {
      accept: "*/*",
      ...Object.fromEntries(given.filter(([name]) => !reserved.has(name))),
      // Choice: sizes are exact, so the file must arrive as it is (URLSession would ask for compression and undo it).
      "accept-encoding": "identity",
      ...(resumption && { range: `bytes=${resumption.offset}-`, "if-range": resumption.validator }),
    },
  };
}
