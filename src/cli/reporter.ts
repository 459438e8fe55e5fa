import { formatDiagnostic, renderError } from "../diagnostics/index.js";
import type { Diagnostic } from "../protocol/system.js";
import { formatBytes } from "./format.js";
import { painter, supportsColor, type Io } from "./terminal.js";

/** A transfer on its way, for the bars. */
export interface TransferLine {
  readonly identifier: string;
  readonly received: number;
  readonly total: number;
}

/** Everything that a run says to people, on stderr. Muted by `--json`. */
export interface Reporter {
  /** A line without a mark: what goes on. */
  line(text: string): void;
  /** A phase that goes on, perhaps with a counter: one line that changes on a terminal, elsewhere a line a phase. */
  working(text: string): void;
  /** A finished phase. */
  done(text: string, detail?: string): void;
  /** Something to look at; the run goes on. */
  warn(text: string): void;
  /** A part of the run that failed. */
  fail(text: string): void;
  diagnostic(diagnostic: Diagnostic): void;
  error(error: unknown): void;
  /** The transfers under way: a bar each on a terminal, nothing elsewhere. An empty list removes them. */
  transfers(lines: readonly TransferLine[]): void;
}

const redrawMs = 50;

/** @param muted Nothing is written at all. */
export function createReporter({ stderr, cwd, env }: Pick<Io, "stderr" | "cwd" | "env">, muted: boolean): Reporter {
  const color = supportsColor(stderr, env);
  const paint = painter(color);
  let bars: readonly TransferLine[] = [];
  let status: string | null = null;
  let workingOn = "";
  let drawn = 0;
  let drawnAt = 0;

  const erase = (): string => (drawn > 0 ? `\u001b[${drawn}A\u001b[J` : "");
  const draw = (): string => {
    const width = stderr.columns ?? 80;
    const lines = bars.map((bar) => barLine(bar, width, paint));
    if (status !== null) lines.push(`  ${status}`.slice(0, width - 1));
    drawn = lines.length;
    return lines.map((line) => `${line}\n`).join("");
  };
  const print = (text: string): void => {
    if (muted) return;
    const before = erase();
    status = null; // whatever is said next ends the phase
    stderr.write(`${before}${text}${draw()}`);
  };

  return {
    line: (text) => print(`  ${text}\n`),
    working(text) {
      if (muted) return;
      if (stderr.isTTY) {
        status = text;
        stderr.write(`${erase()}${draw()}`);
        return;
      }
      const phase = text.replace(/\s*\d+\/\d+$/, "");
      if (phase !== workingOn) print(`  ${phase}\n`);
      workingOn = phase;
    },
    done: (text, detail) => print(`${paint("green", "✓")} ${text}${detail ? `  ${paint("dim", detail)}` : ""}\n`),
    warn: (text) => print(`${paint("yellow", "!")} ${text}\n`),
    fail: (text) => print(`${paint("red", "✘")} ${text}\n`),
    diagnostic: (diagnostic) => print(formatDiagnostic(diagnostic, { color, cwd })),
    error: (error) => print(renderError(error, { color, cwd })),
    transfers(lines) {
      if (muted || !stderr.isTTY) return;
      const sameRows = lines.length === bars.length;
      bars = lines;
      const now = performance.now();
      if (sameRows && now - drawnAt < redrawMs) return;
      drawnAt = now;
      stderr.write(`${erase()}${draw()}`);
    },
  };
}

function barLine(
  { identifier, received, total }: TransferLine,
  width: number,
  paint: ReturnType<typeof painter>,
): string {
  const share = total > 0 ? Math.min(received / total, 1) : 1;
  const numbers = `${formatBytes(received)} of ${formatBytes(total)}`;
  const barWidth = Math.max(10, Math.min(30, width - 50));
  const full = Math.round(share * barWidth);
  const nameWidth = Math.max(8, width - barWidth - 26);
  const name = identifier.length > nameWidth ? `…${identifier.slice(1 - nameWidth)}` : identifier;
  return `  ${paint("cyan", "━".repeat(full))}${paint("dim", "━".repeat(barWidth - full))} ${numbers.padStart(20)} ${name}`;
}
