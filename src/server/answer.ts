import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basicChallenge, type BasicAuthentication } from "./basic-authentication.js";
import type { Content } from "./content.js";
import type { Pace } from "./pace.js";
import { requestedRange } from "./range.js";
import type { LiveRecord } from "./request-record.js";

/** What is served under a URL path. */
export type FindContent = (path: string) => Promise<Content | null>;

/** A request with what the server knows about it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: LiveRecord;
  readonly find: FindContent;
  readonly authentication: BasicAuthentication | undefined;
  /** Null sends as fast as the client reads. */
  readonly pace: Pace | null;
}

/** Answers one request. Rejects when the answer could not be sent whole: the client left, or the file cannot be read. */
export async function answer({ request, response, record, find, authentication, pace }: Exchange): Promise<void> {
  if (authentication && !record.authorized) {
    response.setHeader("WWW-Authenticate", basicChallenge(authentication));
    return refuse(response, record, 401, "This server asks for a user name and a password.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, record, 405, "Files can be read only: use GET or HEAD.");
  }
  const content = await find(record.path);
  if (!content) return refuse(response, record, 404, `No such file: ${record.path}`);

  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("ETag", content.etag);
  response.setHeader("Last-Modified", content.lastModified.toUTCString());
  const range = request.method === "GET" ? requestedRange(request.headers, content) : null;
  if (range === "unsatisfiable") {
    response.setHeader("Content-Range", `bytes */${content.size}`);
    return refuse(response, record, 416, `The file has ${content.size} bytes.`);
  }
  const { start, end } = range ?? { start: 0, end: content.size };
  if (range) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${content.size}`);
  response.setHeader("Content-Type", content.type);
  response.setHeader("Content-Length", end - start);
  record.status = range ? 206 : 200;
  response.writeHead(record.status);
  if (request.method === "GET") await send(response, record, content.read(start, end), pace);
  // A file that shrank meanwhile: the length is promised already, so the connection must break.
  if (request.method === "GET" && record.bytes < end - start) response.destroy();
  else response.end();
}

async function send(
  response: ServerResponse,
  record: LiveRecord,
  body: AsyncIterable<Buffer>,
  pace: Pace | null,
): Promise<void> {
  const closed = closeSignal(response);
  for await (const chunk of body) {
    for await (const piece of pace ? pace.spread(chunk, closed) : [chunk]) {
      if (closed.aborted) return;
      record.bytes += piece.length;
      if (!response.write(piece)) await once(response, "drain", { signal: closed });
    }
  }
}

/** Aborted when the response is closed: a closed one never drains. */
export function closeSignal(response: ServerResponse): AbortSignal {
  if (response.destroyed) return AbortSignal.abort();
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return closed.signal;
}

/** Answers with a short text. */
export function refuse(response: ServerResponse, record: LiveRecord, status: number, text: string): void {
  record.status = status;
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": body.length });
  if (record.method !== "HEAD") record.bytes += body.length;
  response.end(body);
}
