import { relative } from "node:path";
import { styleText } from "node:util";
import type { Diagnostic } from "../protocol/system.js";
import { codeFrame } from "./code-frame.js";
import type { Problem, SourceLocation } from "./errors.js";

export interface FormatOptions {
  readonly color: boolean;
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
}

const labels = {
  error: { text: "✘ error:", style: "red" },
  warning: { text: "! warning:", style: "yellow" },
  info: { text: "• note:", style: "cyan" },
} as const;

/** A problem as the simulator's report, `--json` and the terminal know it. */
export function toDiagnostic(problem: Problem, code: string): Diagnostic {
  return {
    code,
    severity: "error",
    message: problem.message,
    hint: problem.hint ?? null,
    location: problem.location ?? null,
  };
}

/** A diagnostic for people: what and code, then the source line with its token, then the way out. Ends with a line break. */
export function formatDiagnostic(diagnostic: Diagnostic, options: FormatOptions): string {
  const { code, severity, message, hint, location } = diagnostic;
  const paint = painter(options.color);
  const label = labels[severity];
  const lines = [`${paint(label.style, label.text)} ${indentRest(message)} ${paint("dim", `[${code}]`)}`];
  if (location) {
    lines.push("", `    ${displayLocation(location, options.cwd)}`);
    const frame = codeFrame(location);
    if (frame) {
      const number = String(location.line);
      lines.push(`    ${paint("dim", `${number} │`)} ${frame.line}`);
      lines.push(`    ${paint("dim", `${" ".repeat(number.length)} ╵`)} ${paint(label.style, frame.marker)}`);
    }
    if (hint) lines.push("");
  }
  if (hint) lines.push(`  ${indentRest(hint)}`);
  return `${lines.join("\n")}\n`;
}

/** `src/handler.ts:3:14`, relative to `cwd`. */
export function displayLocation({ file, line, column }: SourceLocation, cwd: string): string {
  return `${relative(cwd, file)}:${line}:${column}`;
}

const indentRest = (text: string): string => text.replaceAll("\n", "\n  ");

type Style = (typeof labels)[keyof typeof labels]["style"] | "dim";

/** Colours exactly when told to: the caller knows the stream, the flags and the environment. */
const painter =
  (color: boolean) =>
  (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
