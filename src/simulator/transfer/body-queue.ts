/** Pieces of a response between the socket and its reader. */
export interface BodyQueue {
  push(chunk: Buffer): void;
  /** Nothing more comes; with an error when that is not the regular end. The first call counts. */
  end(failure?: Error): void;
  /**
   * All pieces that wait, each time: while a reader is busy, its next batch grows. A failure comes after everything
   * that arrived before it. Leaving the loop early stops the response.
   */
  batches(): AsyncGenerator<readonly Buffer[], void>;
}

/** The socket's side. */
export interface Flow {
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Bytes that may wait before the socket is paused: enough for the time in which a disk is busy. */
export const HIGH_WATER = 4 * 1024 * 1024;

export function createBodyQueue(flow: Flow): BodyQueue {
  let waiting: Buffer[] = [];
  let size = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};

  return {
    push(chunk) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= HIGH_WATER) flow.pause();
      wake();
    },
    end(error) {
      if (ended) return;
      ended = true;
      failure = error;
      wake();
    },
    async *batches() {
      try {
        for (;;) {
          if (waiting.length > 0) {
            const batch = waiting;
            waiting = [];
            size = 0;
            flow.resume();
            yield batch;
          } else if (ended) {
            if (failure) throw failure;
            return;
          } else {
            await new Promise<void>((resolve) => (wake = resolve));
          }
        }
      } finally {
        if (!ended) flow.stop();
      }
    },
  };
}
