import type { IncomingMessage } from "node:http";

/** Path of the request, still percent-encoded, without the query. */
export function pathOf(request: IncomingMessage): string {
  const target = request.url ?? "/";
  // A proxy's form of the target has the whole URL.
  const path = /^https?:\/\/[^/?]*/i.test(target) ? target.replace(/^https?:\/\/[^/?]*/i, "") || "/" : target;
  return path.replace(/[?#].*$/s, "");
}

/** Host that the client believes to talk to. */
export function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:443$/, "");
}
