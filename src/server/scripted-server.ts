import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { closeSignal } from "./answer.js";
import { listenHttps, type TlsIdentity } from "./https-listener.js";
import { hostOf, pathOf } from "./request-target.js";

/** A request as a script sees it. */
export interface ScriptedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
}

/** What to answer, wrong answers included. */
export interface ScriptedResponse {
  /** Defaults to 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An iterable leaves piece by piece, as fast as it yields. Defaults to an empty body. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /**
   * What `Content-Length` claims, whether or not it is so. `null` announces none (chunked). Defaults to the true
   * length of a text or an array, and to none for an iterable.
   */
  readonly contentLength?: number | null;
  /** After the body: end the response (default), `cut` the connection, or `stall`: say nothing more and keep it open. */
  readonly after?: "end" | "cut" | "stall";
}

export interface ScriptedServerOptions {
  readonly tls: TlsIdentity;
  /** May take its time. When it throws, the connection is cut before any answer. */
  readonly respond: (request: ScriptedRequest) => ScriptedResponse | Promise<ScriptedResponse>;
}

export interface ScriptedServer {
  readonly port: number;
  /** `https://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly ScriptedRequest[];
  /** Cuts every connection at once. May be called again. */
  dispose(): Promise<void>;
}

/**
 * An HTTPS server on 127.0.0.1 that does what a test says, for what a well-behaved server never does.
 *
 * @example
 * await startScriptedServer({ tls, respond: () => ({ body: "too short", contentLength: 1000, after: "cut" }) });
 */
export async function startScriptedServer({ tls, respond }: ScriptedServerOptions): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const listener = await listenHttps(tls, (message, response) => {
    const request = describe(message);
    requests.push(request);
    play(request, response, respond).catch(() => response.destroy());
  });
  return {
    port: listener.port,
    url: `https://127.0.0.1:${listener.port}`,
    requests,
    dispose: listener.dispose,
  };
}

function describe(message: IncomingMessage): ScriptedRequest {
  return { method: message.method ?? "", path: pathOf(message), host: hostOf(message), headers: message.headers };
}

async function play(
  request: ScriptedRequest,
  response: ServerResponse,
  respond: ScriptedServerOptions["respond"],
): Promise<void> {
  const { status = 200, headers = {}, body = "", contentLength, after = "end" } = await respond(request);
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const length = contentLength === undefined && bytes instanceof Uint8Array ? bytes.length : contentLength;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (length != null) response.setHeader("Content-Length", length);
  response.writeHead(status);
  // An answer whose body is still to come must not wait for it.
  response.flushHeaders();
  const closed = closeSignal(response);
  for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    if (closed.aborted) return;
    if (piece.length > 0 && !response.write(piece)) await once(response, "drain", { signal: closed });
  }
  if (after === "end") response.end();
  // Ends the stream of bytes in the middle of the message, after what was written has left.
  else if (after === "cut") response.socket?.destroySoon();
}
