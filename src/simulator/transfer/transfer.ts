import type { URLDownloadMessage } from "../../protocol/values.js";
import type { AuthenticationChallenge, ChallengeAnswer, DownloadError } from "../../sdk/index.js";
import type { TransferFaults } from "../faults/fault.js";
import type { CredentialCache } from "./credential-cache.js";
import { TransferFailure, type Retry } from "./failure.js";
import { follow, requireHttps } from "./follow.js";
import type { HostConnections } from "./host-connections.js";
import { befall } from "./injection.js";
import { judge } from "./judge.js";
import { outgoing } from "./outgoing.js";
import { hasOwnRange, planResumption, type PartialFile } from "./partial-file.js";
import { createProgress, type Progress } from "./progress.js";
import { receive } from "./receive.js";
import { discard } from "./response.js";
import { startWatch } from "./watch.js";

export interface TransferOptions {
  readonly request: URLDownloadMessage["request"];
  /**
   * Partial file of the system's own. Made with its parent folders when the body begins, and truncated then, unless the
   * server goes on with what is in it.
   */
  readonly destination: string;
  /** Of which version the bytes at the destination are, as `onHead` said; null: not worth going on with. */
  readonly partial: PartialFile | null;
  /**
   * Told the version of the file that begins to arrive, null for one that could not be gone on with. Awaited before its
   * first byte is written; bytes of another version are gone by then.
   */
  onHead(partial: PartialFile | null): void | Promise<void>;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
  readonly connections: HostConnections;
  readonly credentials: CredentialCache;
  /** Asks the extension. What it throws ends the transfer and rejects it: that is not the server's failure. */
  challenge(challenge: AuthenticationChallenge): Promise<ChallengeAnswer>;
  /** Size of the file so far: at every 256 KiB or so, and at the end. */
  onProgress(size: number): void;
  /** Told once, when half of the file is there. What it throws ends the transfer and rejects it. */
  onHalf(): void;
  /** What befalls this transfer. `ranged`: whether it asks for a range. */
  faults(ranged: boolean): TransferFaults;
  /** Moves the simulated clock by the milliseconds that a fault would take. */
  pass(duration: number): void;
  /** Ends the transfer as cancelled; the partial file stays. */
  readonly signal: AbortSignal;
}

/**
 * `bytes`: size of the file as far as it came, with what was too much for it. `resumedBytes`: those of them that were
 * there before.
 */
export type TransferResult =
  | { readonly ok: true; readonly bytes: number; readonly resumedBytes: number }
  | {
      readonly ok: false;
      readonly bytes: number;
      readonly resumedBytes: number;
      readonly error: DownloadError;
      /** Null when another attempt would end the same way. */
      readonly retry: Retry | null;
    };

/** Loads one file as the system does: HTTPS, redirects, challenges, resumption, the exact size. Resolves also when it fails. */
export async function transfer(options: TransferOptions): Promise<TransferResult> {
  const progress = createProgress(options.onProgress);
  try {
    await load(options, progress);
    return { ok: true, ...progress.end() };
  } catch (error) {
    if (!(error instanceof TransferFailure)) throw error;
    return { ok: false, ...progress.end(), error: error.error, retry: error.retry };
  }
}

async function load(options: TransferOptions, progress: Progress): Promise<void> {
  const { request, signal, expectedBytes } = options;
  const first = requireHttps(request.url);
  let url = first;
  const watch = startWatch({ signal, timeoutInterval: request.timeoutInterval, url: () => url });
  try {
    let resumption = await planResumption(options);
    progress.begin(resumption?.offset ?? 0, 0);
    const faults = options.faults(resumption !== null || hasOwnRange(request));
    for (;;) {
      const asked = outgoing(request, first, resumption);
      const response = befall(asked, faults) ?? (await follow(asked, { ...options, watch }, (next) => (url = next)));
      const verdict = judge(response, { url, request, resumption, expectedBytes });
      if (verdict.kind === "body") {
        progress.begin(verdict.offset, verdict.offset);
        return await receive(response, verdict, { ...options, url, watch, faults, onBytes: progress.reach });
      }
      await discard(response);
      if (verdict.kind === "failed") throw verdict.failure;
      if (verdict.kind === "complete") return progress.begin(verdict.size, verdict.size);
      resumption = null;
      progress.begin(0, 0);
    }
  } finally {
    watch.stop();
  }
}
