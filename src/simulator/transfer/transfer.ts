import type { URLDownloadMessage } from "../../protocol/values.js";
import type { AuthenticationChallenge, ChallengeAnswer, DownloadError } from "../../sdk/index.js";
import type { CredentialCache } from "./credential-cache.js";
import { discard } from "./exchange.js";
import { redacted, TransferFailure, urlFailure } from "./failure.js";
import { follow, requireHttps } from "./follow.js";
import type { HostConnections } from "./host-connections.js";
import { outgoing } from "./outgoing.js";
import { receive } from "./receive.js";
import { startWatch } from "./watch.js";

export interface TransferOptions {
  readonly request: URLDownloadMessage["request"];
  /** Partial file of the system's own. Made with its parent folders when the body begins; truncated then. */
  readonly destination: string;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
  readonly connections: HostConnections;
  readonly credentials: CredentialCache;
  /** Asks the extension. What it throws ends the transfer and rejects it: that is not the server's failure. */
  challenge(challenge: AuthenticationChallenge): Promise<ChallengeAnswer>;
  /** Bytes received so far: at every 256 KiB or so, and at the end. */
  onProgress(received: number): void;
  /** Ends the transfer as cancelled; the partial file stays. */
  readonly signal: AbortSignal;
}

/** `bytes`: received in all, those of a file that is too large included. */
export type TransferResult =
  | { readonly ok: true; readonly bytes: number }
  | { readonly ok: false; readonly bytes: number; readonly error: DownloadError };

const PROGRESS_STEP = 256 * 1024;

/** Loads one file as the system does: HTTPS, redirects, challenges, the exact size. Resolves also when it fails. */
export async function transfer(options: TransferOptions): Promise<TransferResult> {
  const progress = createProgress(options.onProgress);
  try {
    await load(options, progress.add);
    progress.end();
    return { ok: true, bytes: progress.bytes };
  } catch (error) {
    if (!(error instanceof TransferFailure)) throw error;
    progress.end();
    return { ok: false, bytes: progress.bytes, error: error.error };
  }
}

async function load(options: TransferOptions, onBytes: (count: number) => void): Promise<void> {
  const { request, signal } = options;
  let url = requireHttps(request.url);
  const watch = startWatch({ signal, timeoutInterval: request.timeoutInterval, url: () => url });
  try {
    const response = await follow(outgoing(request, url), { ...options, watch }, (next) => (url = next));
    if (response.statusCode < 200 || response.statusCode > 299) {
      await discard(response);
      throw badStatus(response.statusCode, url);
    }
    await receive(response, { ...options, url, watch, onBytes });
  } finally {
    watch.stop();
  }
}

/** Choice: URLSession hands such a response to its caller; for a background asset it can only be a failure. */
function badStatus(statusCode: number, url: URL): TransferFailure {
  return urlFailure("badServerResponse", `${redacted(url)} answered with HTTP status ${statusCode}.`, url, {
    statusCode,
  });
}

interface ProgressMeter {
  readonly bytes: number;
  add(count: number): void;
  end(): void;
}

function createProgress(onProgress: (received: number) => void): ProgressMeter {
  let bytes = 0;
  let reported = 0;
  const report = (): void => {
    reported = bytes;
    onProgress(bytes);
  };
  return {
    get bytes() {
      return bytes;
    },
    add(count) {
      bytes += count;
      if (bytes - reported >= PROGRESS_STEP) report();
    },
    end() {
      if (reported !== bytes) report();
    },
  };
}
