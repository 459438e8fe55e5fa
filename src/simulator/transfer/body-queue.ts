/** Pieces of a response between the socket and its reader. */
export interface BodyQueue {
  push(chunk: Buffer): void;
  /** Nothing more comes; with an error when that is not the regular end. The first call counts. */
  end(failure?: Error): void;
  /**
   * All pieces that wait, each time. A failure comes after everything
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

/** Bytes that may wait before the socket is paused. */
export const HIGH_WATER = 1024 * 1024;

/** Bytes that are worth a reader's turn. Few enough to lie in the processor's cache still. */
const BATCH = 128 * 1024;

export function createBodyQueue(flow: Flow): BodyQueue {
  let waiting: Buffer[] = [];
  let size = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  let turn: NodeJS.Immediate | undefined;

  const endTurn = (): void => {
    turn = undefined;
    wake();
  };

  return {
    push(chunk) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= HIGH_WATER) flow.pause();
      if (size >= BATCH) wake();
      // What comes slowly is not kept waiting: when nothing more is there to be read, the batch is what there is.
      else turn ??= setImmediate(endTurn);
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
