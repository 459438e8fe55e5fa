import type { Dispatcher } from "undici";
import { createBodyQueue } from "./body-queue.js";
import { networkFailure } from "./network-failure.js";
import type { HostConnections } from "./host-connections.js";
import type { Outgoing } from "./outgoing.js";
import type { Response } from "./response.js";
import type { Watch } from "./watch.js";

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

function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((given, refused) => {
    resolve = given;
    reject = refused;
  });
  return { promise, resolve, reject };
}
