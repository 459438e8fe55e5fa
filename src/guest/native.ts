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
  /**
   * The content of a file of the current event; throws an `Error` with a `code` when it cannot be read. That of text that
   * is not UTF-8 is as with `jsonOpen`.
   */
  readText(path: string): string;
  readBytes(path: string): Uint8Array;
  /**
   * Maps a file and checks all of it: UTF-8 (a byte order mark is none of JSON's) and JSON (RFC 8259, of any depth).
   * Returns the number of the document, from 1. Throws an `Error` with `code` `BA_FILE_UNREADABLE`, `BA_FILE_TOO_LARGE`,
   * `BA_FILE_NOT_UTF8` (message: `byte 0xFF at line 3, column 7`) or `BA_MALFORMED_JSON` (message: `unexpected "x" at
   * line 3, column 7`, the first character that no JSON could have there, or `unexpected end at …`). Bytes that are not
   * UTF-8 come first, wherever the JSON goes wrong. Lines and columns count from 1, columns in UTF-16 code units; a line
   * ends with a line feed.
   */
  jsonOpen(path: string): number;
  /** Unmaps. Every later call for the document throws `BA_READER_CLOSED`; closing it again does nothing. */
  jsonClose(document: number): void;
  /**
   * Nodes are numbers from 1 that mean something to the document only; 0 is the root, too, and -1 is none. The node at a
   * JSON Pointer below `node` (`""`: `node` itself), or -1. Of a name that is there twice the last counts, as with
   * `JSON.parse`. Throws `BA_POINTER_INVALID` for what is no pointer (RFC 6901).
   */
  jsonFind(document: number, node: number, pointer: string): number;
  /** The text of a node, as it is in the file; a name is a node, too. */
  jsonText(document: number, node: number): string;
  /**
   * The first node inside an array or object: an element, or a name. -1 when it is empty, -2 when the node is neither.
   */
  jsonFirst(document: number, node: number): number;
  /** What follows in the same array or object: after an element the next one, after a name its value, after that the next name. -1 at the end. */
  jsonNext(document: number, node: number): number;
  /** The first character of a node: `{`, `[`, `"`, `t`, `f`, `n`, `-` or a digit. */
  jsonKind(document: number, node: number): string;
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
