import type { StorageOptions } from "./storage.js";

/** A JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Values that are made while they are walked over, one at a time, so that memory does not grow with their number. Can be
 * walked over again. The methods are those of an array, and as lazy as this is.
 */
export interface Items<T> extends Iterable<T> {
  find<S extends T>(test: (item: T) => item is S): S | undefined;
  find(test: (item: T) => boolean): T | undefined;
  filter<S extends T>(test: (item: T) => item is S): Items<S>;
  filter(test: (item: T) => boolean): Items<T>;
  map<U>(change: (item: T) => U): Items<U>;
  /** The first `count` of them. */
  take(count: number): Items<T>;
}

/**
 * Reads one file: the manifest, a finished download, or a file of the app group. Synchronous where a file of any size
 * can be, because the file is mapped, not loaded. Usable until the callback that received it has returned; later access
 * throws `BA_READER_CLOSED`.
 *
 * A pointer is a JSON Pointer (RFC 6901): `"/assets/0/name"`; `""` is the whole file. The first use of one checks all of
 * the file: malformed JSON throws `BA_MALFORMED_JSON` with line and column (in UTF-16 code units, from 1), bytes that are
 * no UTF-8 `BA_FILE_NOT_UTF8`.
 */
export interface FileReader {
  /** Bytes. */
  readonly size: number;
  /** Parses the whole file. For a large one take `items` or `get`. */
  json<T = JsonValue>(): T;
  /** Decodes the whole file as UTF-8; throws `BA_FILE_NOT_UTF8` where it is not. */
  text(): string;
  bytes(): Uint8Array;
  /** The value at a pointer, decoded whole, or `undefined` where there is none. */
  get<T = JsonValue>(pointer: string): T | undefined;
  /**
   * The elements of the array at a pointer, or the values of the object there. Objects among them are read from the file
   * when a property is touched: they behave like plain objects (`{ ...item }`, `JSON.stringify`, `Object.keys`) and
   * cannot be changed (`BA_ITEM_READ_ONLY`). Throws `BA_POINTER_NOT_FOUND` where there is nothing, or neither array nor
   * object.
   */
  items<T = JsonValue>(pointer?: string): Items<T>;
  /**
   * As `items`, with the key of each: names of an object, in the order of the file and one that is there twice twice; or
   * the indices of an array as text.
   */
  entries<T = JsonValue>(pointer?: string): Items<readonly [key: string, item: T]>;
  /**
   * Copies the file to a place of its own, replacing atomically what is there, making parent folders. Resolves to the
   * path relative to the container. The system does not track the copy for purging.
   */
  copyTo(path: string, options?: StorageOptions): Promise<string>;
  /** SHA-256 of the content, lower-case hexadecimal, computed natively. */
  sha256(): Promise<string>;
}

/** A file that an engine can read: absolute path, bytes, and its name in `file.…` host calls. */
export interface MappedFile {
  readonly path: string;
  readonly size: number;
  /** Void when the event has been answered. */
  readonly token: string;
}
