import { readFileSync } from "node:fs";

/** Private dirty memory of a process in bytes, from Linux's `smaps_rollup`; `null` where that cannot be read. */
export function readPrivateDirtyBytes(pid: number): number | null {
  try {
    const match = /^Private_Dirty:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
    return match ? Number(match[1]) * 1024 : null;
  } catch {
    return null;
  }
}
