import type { IncomingHttpHeaders } from "node:http";

/** The head of a response, and its body on the way. */
export interface Response {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** In order; once. Fails with a `TransferFailure`, after everything that arrived before. */
  readonly body: AsyncIterable<readonly Buffer[]>;
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
