const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Decimal units, as the App Store counts: `1.2 MB`, `612 B`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `38 ms`, `1.4 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 9.95 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A fault that came to pass, and where; one that names its place says it already. */
export function formatFault({ fault, at }: { readonly fault: string; readonly at: string }): string {
  return fault.endsWith(`@${at}`) ? fault : `${fault}, at ${at}`;
}

/** For a sentence that goes on behind it. */
export const withoutFullStop = (text: string): string => text.replace(/\.$/, "");

/** Pads each column to its widest cell; the last one stays as long as it is. Widths are counted before `paint`. */
export function columns(rows: readonly (readonly string[])[], gap = "  "): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join(gap)
      .trimEnd(),
  );
}
