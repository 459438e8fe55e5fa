import { writevSync } from "node:fs";
import { byteLength } from "./response.js";

/**
 * Writes all of `pieces` at a place of the file, without copying them together.
 *
 * At once, because the bytes lie in the processor's cache and go to memory: the way to another thread and back takes
 * longer than that, and a download of 1 GiB then 1.5 times the processor's time.
 *
 * @returns Their length.
 */
export function writeAll(file: number, pieces: readonly Buffer[], position: number): number {
  const length = byteLength(pieces);
  for (let done = 0, rest = pieces; done < length;) {
    // Fewer than asked for is no error: the next call says what stands in the way.
    const written = writevSync(file, rest, position + done);
    done += written;
    if (done < length) [, rest] = cutAt(rest, written);
  }
  return length;
}

/** The first `count` bytes, and the others. */
export function cutAt(pieces: readonly Buffer[], count: number): readonly [readonly Buffer[], readonly Buffer[]] {
  let left = count;
  for (const [index, piece] of pieces.entries()) {
    if (left < piece.length) {
      const before = [...pieces.slice(0, index), piece.subarray(0, left)];
      return [before, [piece.subarray(left), ...pieces.slice(index + 1)]];
    }
    left -= piece.length;
  }
  return [pieces, []];
}
