/**
 * The seam between guest and runtime: what an engine lends to the bundle, and what the bundle gives back.
 *
 * A bundle is a CommonJS file. An engine evaluates it and calls `module.exports.start(native, configuration)` once, with
 * the JSON of a `guestConfiguration`. Every function may be called on the JavaScript thread only.
 */
export interface Native {
  /**
   * A download of the answer to event `event`, as plain arguments, because many of them must not become text.
   * `priority`: 0 min, 1 default, 2 max. `request` is undefined for a plain URL.
   */
  emitDownload(
    event: number,
    identifier: string,
    url: string,
    fileSize: number,
    essential: boolean,
    priority: 0 | 1 | 2,
    applicationGroupIdentifier: string | undefined,
    request: NativeRequest | undefined,
  ): void;
  /** The answer to event `event`: the JSON of a `guestReply`. Exactly once; a second one is dropped. */
  reply(event: number, reply: string): void;
  /** Starts a host call with the JSON of a `hostCall`; returns its number for `Guest.hostReply`. */
  hostCall(call: string): number;
  /** 0 debug, 1 info, 2 default, 3 error, 4 fault. */
  log(level: number, message: string): void;
  /** The content of a file of the current event; throws an `Error` when it cannot be read. */
  readText(path: string): string;
  readBytes(path: string): Uint8Array;
}

/** Options of a request; absent or undefined where the handler left them to the system. */
export interface NativeRequest {
  readonly method?: string | undefined;
  /** Name, value, name, value, … */
  readonly headers: readonly string[];
  readonly cachePolicy?: string | undefined;
  readonly timeoutInterval?: number | undefined;
  readonly allowsCellularAccess?: boolean | undefined;
  readonly allowsConstrainedNetworkAccess?: boolean | undefined;
  readonly allowsExpensiveNetworkAccess?: boolean | undefined;
}

/** What `start` returns. An engine calls these with microtasks drained afterwards. */
export interface Guest {
  /** Keys of the handler object. */
  readonly callbacks: readonly string[];
  /** An event: the JSON of a `guestEvent`. Answers with `native.reply`; throws for a text that is no JSON only. */
  dispatch(event: number, json: string): void;
  /** The JSON of a `hostReply` to a host call. */
  hostReply(call: number, json: string): void;
}

export type Start = (native: Native, configuration: string) => Guest;
