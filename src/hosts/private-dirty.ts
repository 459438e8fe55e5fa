import { readFileSync } from "node:fs";

/**
 * Private dirty memory of a process in bytes, from Linux's `smaps_rollup`; `null` where that cannot be read. Without the
 * pages of mapped files: those that were written a moment ago count as dirty on Linux until they are on the disk, though
 * they are nobody's memory, and not on Apple's systems.
 */
export function readPrivateDirtyBytes(pid: number): number | null {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const [dirty, anonymous] = ["Private_Dirty", "Anonymous"].map((field) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(rollup)?.[1]),
    );
    const kibibytes = Math.min(dirty ?? NaN, anonymous ?? NaN);
    return Number.isNaN(kibibytes) ? null : kibibytes * 1024;
  } catch {
    return null;
  }
}
