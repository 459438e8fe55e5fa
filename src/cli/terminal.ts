import { styleText } from "node:util";

/** A stream that the command line writes to: `process.stdout`, `process.stderr`, or a test's. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  hasColors?(): boolean;
}

/** What a run of the command line may touch of its process. */
export interface Io {
  /** Results. */
  readonly stdout: Output;
  /** Everything for people. */
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Ends the process as if it were killed: nothing is tidied up. Without it, such an end is an error of the run. */
  readonly crash?: (() => never) | undefined;
}

/** Terminals know themselves (and read NO_COLOR and FORCE_COLOR); a pipe gets colours only when they are forced. */
export function supportsColor(output: Output, env: Io["env"]): boolean {
  if (output.isTTY && output.hasColors) return output.hasColors();
  const forced = env["FORCE_COLOR"];
  return forced !== undefined && forced !== "0" && forced !== "false";
}

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
export type Paint = (style: Style, text: string) => string;

export const painter =
  (color: boolean): Paint =>
  (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
