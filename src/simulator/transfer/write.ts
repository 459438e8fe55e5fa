import type { FileHandle } from "node:fs/promises";
import { byteLength } from "./response.js";

/** Writes all of `pieces` at a place of the file, without copying them together. Resolves to their length. */
export async function writeAll(file: FileHandle, pieces: readonly Buffer[], position: number): Promise<number> {
  const length = byteLength(pieces);
  for (let done = 0, rest = pieces; done < length;) {
    // Fewer than asked for is no error: the next call says what stands in the way.
    const { bytesWritten } = await file.writev(rest, position + done);
    done += bytesWritten;
    if (done < length) [, rest] = cutAt(rest, bytesWritten);
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
