/** A JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Reads one file: the manifest, a finished download, or a file of the app group. Synchronous, because the
 * file is mapped, not loaded. Usable until the callback that received it has returned; later access throws.
 */
export interface FileReader {
  /** Bytes. */
  readonly size: number;
  /** Parses the whole file. A malformed file throws an error with line and column. */
  json<T = JsonValue>(): T;
  /** Decodes the whole file as UTF-8; throws where it is not. */
  text(): string;
  bytes(): Uint8Array;
}
