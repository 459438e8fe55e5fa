import type { URLDownloadMessage } from "../protocol/values.js";
import type { AuthenticationChallenge, ChallengeAnswer, DownloadError, DownloadRecord } from "../sdk/index.js";
import type { Clock } from "./clock.js";
import type { Faults, SystemStep } from "./faults/fault.js";
import type { Recorder } from "./recorder.js";
import {
  createCredentialCache,
  transfer,
  type HostConnections,
  type PartialFile,
  type TransferResult,
} from "./transfer/index.js";

/** One file to load for the app. */
export interface Load {
  readonly handle: DownloadRecord;
  readonly request: URLDownloadMessage["request"];
  /** What is in it already is gone on with, when `partial` says of which version it is. */
  readonly destination: string;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
  /** What `onPartial` said last of the file at `destination`. */
  readonly partial: PartialFile | null;
  /**
   * From now on the file is of this version; null: of one that cannot be gone on with. Awaited before the first byte of
   * it is written, and called when those of another version are gone, so that at no time a kill mixes two.
   */
  onPartial(partial: PartialFile | null): Promise<void>;
  readonly foreground: boolean;
}

export interface LoadResult {
  /** `waiting`: for the network; the file stays as far as it came, and the same load goes on with it. */
  readonly status: "loaded" | "failed" | "waiting";
  /** Size of the file as far as it came. */
  readonly bytes: number;
  /** Transfers that it took. */
  readonly attempts: number;
  /** Bytes that were not loaded again, because they were there from an earlier attempt; of all attempts together. */
  readonly resumedBytes: number;
  /** Null when it was loaded. */
  readonly error: DownloadError | null;
}

/** Loads files as the system does. One session of `URLSession`'s kind. */
export interface Loader {
  load(load: Load): Promise<LoadResult>;
}

export interface LoaderOptions {
  readonly connections: HostConnections;
  readonly recorder: Pick<Recorder, "progress">;
  /** Ends all loads, as cancelled. */
  readonly signal: AbortSignal;
  readonly faults: Faults;
  readonly clock: Pick<Clock, "pass">;
  /** Told when half of a file is written: `manifest` or `transfer`. What it throws ends the load and rejects it. */
  step(step: SystemStep): void;
  /** Asks the app or the extension. What it throws ends the load and rejects it: that is not the server's failure. */
  challenge(challenge: AuthenticationChallenge, handle: DownloadRecord): Promise<ChallengeAnswer>;
}

/**
 * Transfers after which a load waits for the network, or fails: rules `waits-for-network`, `essential-attempts`,
 * `foreground-fails-early`.
 */
const ATTEMPTS = { background: 5, userIsWaiting: 2, foreground: 1 } as const;

/** Rule `interrupted-goes-on`: simulated milliseconds before the second attempt; they double each time. */
const FIRST_DELAY = 1000;

/** Rule `session-is-an-event`: a loader, and the credentials in it, live as long as one event. */
export function createLoader(options: LoaderOptions): Loader {
  const { connections, signal, faults, clock } = options;
  const credentials = createCredentialCache();

  async function attempt(load: Load, name: string): Promise<TransferResult> {
    const { handle, request, destination, expectedBytes, partial } = load;
    const result = await transfer({
      request,
      destination,
      expectedBytes,
      partial,
      onHead: (head) => load.onPartial(head),
      connections,
      credentials,
      signal,
      challenge: (given) => options.challenge(given, handle),
      onProgress: (received) => tellProgress(load, received),
      onHalf: () => options.step(handle.kind === "manifest" ? "manifest" : "transfer"),
      faults: (ranged) => faults.attempt(name, ranged),
      pass: (duration) => clock.pass(duration),
    });
    // Somebody ended everything; that is no failure of this download, and nobody is to be told of one.
    signal.throwIfAborted();
    return result;
  }

  function tellProgress({ handle, expectedBytes }: Load, received: number): void {
    if (handle.kind === "manifest") return;
    const { identifier, essential } = handle;
    const total = expectedBytes ?? received;
    options.recorder.progress({ kind: "transfer", identifier, essential, received, total });
  }

  return {
    async load(load) {
      const name = load.handle.kind === "manifest" ? "manifest" : load.handle.identifier;
      const limit = ATTEMPTS[urgencyOf(load)];
      let { partial } = load;
      const onPartial = async (head: PartialFile | null): Promise<void> => {
        partial = head;
        await load.onPartial(head);
      };
      let resumedBytes = 0;
      for (let attempts = 1; ; attempts++) {
        const result = await attempt({ ...load, partial, onPartial }, name);
        const { bytes } = result;
        resumedBytes += result.resumedBytes;
        if (result.ok) return { status: "loaded", bytes, attempts, resumedBytes, error: null };
        const { retry, error } = result;
        if (!retry || attempts >= limit) {
          const status = retry && urgencyOf(load) === "background" ? "waiting" : "failed";
          return { status, bytes, attempts, resumedBytes, error };
        }
        const delay = retry.after ?? FIRST_DELAY * 2 ** (attempts - 1);
        options.recorder.progress({ kind: "retry", identifier: name, reason: retry.reason, delay });
        clock.pass(delay);
      }
    },
  };
}

/** Who waits for it. */
function urgencyOf({ handle, foreground }: Load): keyof typeof ATTEMPTS {
  if (foreground) return "foreground";
  return handle.essential || handle.kind === "manifest" ? "userIsWaiting" : "background";
}
