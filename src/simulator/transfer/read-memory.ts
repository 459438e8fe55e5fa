import type { OnReadOpts } from "node:net";
import { HIGH_WATER } from "./body-queue.js";

/** Bytes of one piece of memory. Few, because one byte that stays in use keeps all of them. */
const SLAB = 64 * 1024;
/** The most that Node gives at once: one TLS record. */
const RECORD = 16 * 1024;
/** What one connection keeps for use: as much as waits to be read, and the same for what is being written. */
const KEPT = (2 * HIGH_WATER) / SLAB;

interface Slab {
  readonly memory: Buffer;
  /** Bytes that were read into it. */
  filled: number;
  /** Bytes of these that were released. */
  released: number;
}

const owners = new WeakMap<ArrayBufferLike, (size: number) => void>();

/**
 * The memory that a connection reads into. Node makes an array of its own for each TLS record, which for a large file
 * keeps the collector busy and the processor's cache cold; here a piece of memory is used again when every byte that was
 * read into it has been released. What nobody releases, such as the heads of responses, leaves its piece to the collector.
 *
 * @param push Takes what was read; false pauses the connection.
 */
export function createReadMemory(push: (chunk: Buffer) => boolean): OnReadOpts {
  const free: Slab[] = [];
  let current = createSlab();

  function createSlab(): Slab {
    const slab: Slab = { memory: Buffer.allocUnsafeSlow(SLAB), filled: 0, released: 0 };
    owners.set(slab.memory.buffer, (size) => {
      slab.released += size;
      if (slab === current || slab.released < slab.filled || free.length >= KEPT) return;
      slab.filled = slab.released = 0;
      free.push(slab);
    });
    return slab;
  }

  return {
    buffer() {
      if (SLAB - current.filled < RECORD) current = free.pop() ?? createSlab();
      return current.memory.subarray(current.filled, current.filled + RECORD);
    },
    callback(size) {
      const start = current.filled;
      current.filled += size;
      return push(current.memory.subarray(start, current.filled));
    },
  };
}

/** Gives back the memory of a chunk that a connection read, once, by whoever was the last to use it. */
export function release(chunk: Buffer): void {
  owners.get(chunk.buffer)?.(chunk.length);
}
