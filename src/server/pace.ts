import { setTimeout as wait } from "node:timers/promises";

/** Spreads the bytes of one connection over time. */
export interface Pace {
  /** Cuts `chunk` into pieces and gives each when its time has come; ends with the signal's reason. */
  spread(chunk: Buffer, signal: AbortSignal): AsyncGenerator<Buffer>;
}

/** At most `bytesPerSecond`, in about ten pieces a second. */
export function createPace(bytesPerSecond: number): Pace {
  const piece = Math.max(1, Math.min(64 * 1024, Math.floor(bytesPerSecond / 10)));
  let free = 0;
  return {
    async *spread(chunk, signal) {
      for (let at = 0; at < chunk.length; at += piece) {
        const bytes = chunk.subarray(at, at + piece);
        const now = performance.now();
        free = Math.max(free, now) + (bytes.length / bytesPerSecond) * 1000;
        await wait(free - now, undefined, { signal });
        yield bytes;
      }
    },
  };
}
