import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { baError, SIZE_MISMATCH } from "../errors.js";
import { byteLength, discard, headerValues, type Response } from "./exchange.js";
import { fileFailure, redacted, TransferFailure, urlFailure } from "./failure.js";
import type { Watch } from "./watch.js";

export interface ReceiveOptions {
  readonly url: URL;
  /** Made with its parent folders; what is in it is overwritten. */
  readonly destination: string;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
  readonly watch: Watch;
  /** Told the size of each piece as it arrives. */
  onBytes(count: number): void;
}

/** Streams the body of a successful response into a file and checks its size. */
export async function receive(response: Response, options: ReceiveOptions): Promise<void> {
  const { url, expectedBytes, watch } = options;
  const file = await openDestination(response, options);
  let received = 0;
  try {
    // While a batch is written the next one gathers, up to the queue's limit: memory stays flat.
    for await (const batch of response.body) {
      const size = byteLength(batch);
      received += size;
      options.onBytes(size);
      if (expectedBytes !== null && received > expectedBytes) throw wrongSize("more bytes", options);
      await file.writeFile(Buffer.concat(batch)).catch((error: unknown) => {
        throw fileFailure("cannotWriteToFile", error, url);
      });
      watch.progress();
    }
  } finally {
    await file.close();
  }
  if (expectedBytes !== null && received < expectedBytes) throw wrongSize(`${received} bytes, fewer`, options);
}

async function openDestination(response: Response, { url, destination }: ReceiveOptions): Promise<FileHandle> {
  try {
    requireIdentity(response, url);
    return await create(destination, url);
  } catch (error) {
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

function wrongSize(received: string, { url, expectedBytes }: ReceiveOptions): TransferFailure {
  const message = `${redacted(url)} has ${received} than its fileSize of ${expectedBytes}.`;
  return new TransferFailure(baError(SIZE_MISMATCH, message, { NSErrorFailingURLStringKey: redacted(url) }));
}

async function create(path: string, url: URL): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, "w");
  } catch (error) {
    throw fileFailure("cannotCreateFile", error, url);
  }
}
