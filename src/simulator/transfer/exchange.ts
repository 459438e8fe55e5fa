import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { createBodyQueue } from "./body-queue.js";
import { networkFailure } from "./failure.js";
import type { HostConnections } from "./host-connections.js";
import type { Outgoing } from "./outgoing.js";
import type { Watch } from "./watch.js";

/** The head of a response, and its body on the way. */
export interface Response {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** In order; once. Fails with a `TransferFailure`, after everything that arrived before. */
  readonly body: AsyncIterable<readonly Buffer[]>;
}

/** Sends one request; resolves with the head of its response. Time-outs are the watch's. */
export function exchange(
  { url, method, headers }: Outgoing,
  connections: HostConnections,
  watch: Watch,
): Promise<Response> {
  const { promise, resolve, reject } = withResolvers<Response>();
  let controller: Dispatcher.DispatchController | undefined;
  const body = createBodyQueue({
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    stop: () => controller?.abort(new Error("The response is not wanted.")),
  });

  const finish = (error?: unknown): void => {
    watch.signal.removeEventListener("abort", abort);
    const failure = error === undefined ? undefined : networkFailure(error, url);
    body.end(failure);
    // Without effect when the head has come.
    if (failure) reject(failure);
  };
  // A request that waits for its connection cannot be withdrawn; it ends when it is about to start.
  const abort = (): void => {
    finish(watch.signal.reason);
    controller?.abort(watch.signal.reason as Error);
  };
  if (watch.signal.aborted) return Promise.reject(watch.signal.reason as Error);
  watch.signal.addEventListener("abort", abort, { once: true });

  const options: Dispatcher.DispatchOptions = {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: method as Dispatcher.HttpMethod,
    headers,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  connections.dispatcher.dispatch(options, {
    onRequestStart(started) {
      controller = started;
      if (watch.signal.aborted) controller.abort(watch.signal.reason as Error);
    },
    onResponseStart(_controller, statusCode, received) {
      watch.progress();
      // Interim responses precede the one that counts.
      if (statusCode >= 200) resolve({ statusCode, headers: received, body: { [Symbol.asyncIterator]: body.batches } });
    },
    onResponseData(_controller, chunk) {
      watch.progress();
      body.push(chunk);
    },
    onResponseEnd: () => finish(),
    onResponseError: (_controller, error) => finish(error),
  });
  return promise;
}

/** Bytes of a body that are read only to keep the connection; a longer body ends the connection. */
const DISCARD_LIMIT = 64 * 1024;

/** Gives up the body of a response. What happens to a body that nobody wants is no failure of the transfer. */
export async function discard({ body }: Response): Promise<void> {
  let size = 0;
  try {
    for await (const batch of body) {
      size += byteLength(batch);
      if (size > DISCARD_LIMIT) return;
    }
  } catch {}
}

export function byteLength(batch: readonly Buffer[]): number {
  return batch.reduce((sum, chunk) => sum + chunk.length, 0);
}

/** All values of a header. */
export function headerValues(response: Response, name: string): readonly string[] {
  const value = response.headers[name];
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((given, refused) => {
    resolve = given;
    reject = refused;
  });
  return { promise, resolve, reject };
}
