import { Readable } from "node:stream";
import type { TransferFaults } from "../faults/fault.js";
import { networkFailure } from "./network-failure.js";
import type { Outgoing } from "./outgoing.js";
import type { Response } from "./response.js";

/**
 * What befalls a request before it is sent: the response that stands for the server's, or null when it may go.
 * What befalls the body is in `timeline.ts`.
 *
 * @throws TransferFailure when there is no network
 */
export function befall({ url, headers }: Outgoing, faults: TransferFaults): Response | null {
  if (faults.offline) {
    faults.happened("offline");
    throw networkFailure(systemError("ENETDOWN"), url);
  }
  const { status } = faults;
  if (!status || (status.code === 416 && headers["range"] === undefined)) return null;
  faults.happened("status");
  return {
    statusCode: status.code,
    headers: status.retryAfter === null ? {} : { "retry-after": String(status.retryAfter) },
    body: Readable.from([]),
  };
}

/** An error as Node makes it of one of the system's. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });
