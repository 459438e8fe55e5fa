import { createReadStream } from "node:fs";
import { Readable } from "node:stream";

/** Something to serve: bytes of a known size, with validators. */
export interface Content {
  /** Bytes. */
  readonly size: number;
  /** Strong entity tag, with its quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly type: string;
  /** The bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Readable;
}

export function fileContent(path: string, stat: { size: bigint; mtimeNs: bigint; mtime: Date }): Content {
  return {
    size: Number(stat.size),
    etag: `"${stat.size.toString(16)}-${stat.mtimeNs.toString(16)}"`,
    lastModified: stat.mtime,
    type: path.endsWith(".json") ? "application/json" : "application/octet-stream",
    read: (start, end) =>
      // `end` of a file stream is inclusive; an empty range cannot be said with it.
      start === end ? Readable.from([]) : createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 }),
  };
}

export function bufferContent(bytes: Buffer, options: { etag: string; lastModified: Date; type: string }): Content {
  return { size: bytes.length, ...options, read: (start, end) => Readable.from([bytes.subarray(start, end)]) };
}
