import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { fileFailure, urlFailure, wrongSize } from "./failure.js";
import type { Verdict } from "./judge.js";
import type { PartialFile } from "./partial-file.js";
import { release } from "./read-memory.js";
import { byteLength, discard, headerValues, type Response } from "./response.js";
import { createTimeline, type TimelineOptions } from "./timeline.js";
import type { Watch } from "./watch.js";
import { cutAt, writeAll } from "./write.js";

export interface ReceiveOptions extends Pick<TimelineOptions, "faults" | "onHalf" | "pass"> {
  readonly url: URL;
  /** Made with its parent folders; what is behind the body's offset is overwritten. */
  readonly destination: string;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
  readonly watch: Watch;
  onHead(partial: PartialFile | null): void | Promise<void>;
  /** Told the size of the file each time it has grown. */
  onBytes(size: number): void;
}

/** Streams the body of a successful response into a file and checks its size. */
export async function receive(
  response: Response,
  body: Extract<Verdict, { kind: "body" }>,
  options: ReceiveOptions,
): Promise<void> {
  const { url, expectedBytes, watch, faults, onBytes } = options;
  const file = await openDestination(response, body, options);
  let position = body.offset;
  try {
    const timeline = createTimeline({ ...options, ...body, total: expectedBytes ?? body.total });
    // What is thrown in here ends the connection.
    for await (const batch of response.body) {
      timeline.arrive(position, 0);
      const end = position + byteLength(batch);
      if (expectedBytes !== null && end > expectedBytes) {
        onBytes(end);
        throw wrongSize(url, null, expectedBytes);
      }
      for (let rest = batch; position < end;) {
        const [piece, later] = cutAt(rest, timeline.room(position));
        const written = write(file, piece, position, url);
        piece.forEach(release);
        position += written;
        onBytes(position);
        watch.progress();
        timeline.arrive(position, written);
        rest = later;
      }
    }
    timeline.arrive(position, 0);
    timeline.end();
    if (faults.wrongSize && position > body.offset) {
      faults.happened("wrongSize");
      await file.truncate(--position);
      onBytes(position);
    }
  } finally {
    await file.close();
  }
  if (expectedBytes !== null && position < expectedBytes) throw wrongSize(url, position, expectedBytes);
}

function write(file: FileHandle, pieces: readonly Buffer[], position: number, url: URL): number {
  try {
    return writeAll(file.fd, pieces, position);
  } catch (error) {
    throw fileFailure("cannotWriteToFile", error, url);
  }
}

/** Opens the file; those bytes that the body does not go on with are gone when `onHead` is told of its version. */
async function openDestination(
  response: Response,
  { offset, partial }: Extract<Verdict, { kind: "body" }>,
  { url, destination, watch, onHead }: ReceiveOptions,
): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    requireIdentity(response, url);
    file = await openAt(destination, offset, url);
    await watch.pauseFor(Promise.resolve(onHead(partial)));
    return file;
  } catch (error) {
    await file?.close();
    await discard(response);
    throw error;
  }
}

function requireIdentity(response: Response, url: URL): void {
  const encoding = headerValues(response, "content-encoding").join(", ");
  if (encoding === "" || encoding.toLowerCase() === "identity") return;
  const message = `${url.host} compressed the answer (${encoding}), which it was asked not to do; serve the file as it is.`;
  throw urlFailure("cannotDecodeContentData", message, url);
}

async function openAt(path: string, offset: number, url: URL): Promise<FileHandle> {
  try {
    if (offset > 0) return await open(path, "r+");
    await mkdir(dirname(path), { recursive: true });
    return await open(path, "w");
  } catch (error) {
    throw fileFailure("cannotCreateFile", error, url);
  }
}
