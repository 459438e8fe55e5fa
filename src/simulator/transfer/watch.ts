import { urlFailure, type TransferFailure } from "./failure.js";

/** `URLRequest.timeoutInterval` when the request has none: 60 s. */
const DEFAULT_TIMEOUT_INTERVAL = 60_000;

/** Ends a transfer that the caller aborts, or that makes no progress. */
export interface Watch {
  /** Its reason is the `TransferFailure` to report. */
  readonly signal: AbortSignal;
  /** Something arrived: the time starts again. */
  progress(): void;
  /** Awaits work that is not the server's; its time does not count. Rejects as soon as the transfer is aborted. */
  pauseFor<Result>(work: Promise<Result>): Promise<Result>;
  stop(): void;
  /** Milliseconds without progress after which it ends the transfer. */
  readonly timeoutInterval: number;
  /** How it fails then. */
  timeOut(): TransferFailure;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without progress. */
  readonly timeoutInterval: number | undefined;
  /** The URL that is being loaded, for the error. */
  url(): URL;
}

export function startWatch({ signal: outer, timeoutInterval, url }: WatchOptions): Watch {
  // Choice: 0 means the default. Node's timers fire at once for what does not fit in 31 bits.
  const limit = Math.min(timeoutInterval || DEFAULT_TIMEOUT_INTERVAL, 2 ** 31 - 1);
  const controller = new AbortController();
  const { signal } = controller;

  const cancel = (): void => controller.abort(urlFailure("cancelled", "The download was cancelled.", url()));
  const timeOut = (): TransferFailure =>
    urlFailure("timedOut", `${url().host} sent nothing for ${limit} ms (timeoutInterval).`, url());
  const expire = (): void => controller.abort(timeOut());
  if (outer.aborted) cancel();
  else outer.addEventListener("abort", cancel, { once: true });

  let timer: NodeJS.Timeout | undefined;
  const resume = (): void => {
    timer = setTimeout(expire, limit);
  };
  resume();

  return {
    signal,
    timeoutInterval: limit,
    timeOut,
    progress: () => timer?.refresh(),
    async pauseFor(work) {
      clearTimeout(timer);
      timer = undefined;
      try {
        return await abortable(work, signal);
      } finally {
        if (!signal.aborted) resume();
      }
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      outer.removeEventListener("abort", cancel);
    },
  };
}

function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
