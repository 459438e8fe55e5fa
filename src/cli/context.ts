import type { ExitCode } from "./exit.js";
import type { Reporter } from "./reporter.js";
import type { Io } from "./terminal.js";

/** What every command gets. */
export interface Context extends Io {
  readonly reporter: Reporter;
  /** What the run comes to, when it ends without an error. */
  exitCode: ExitCode;
  /** Set by a command that Ctrl-C ends as intended. */
  endsOnInterrupt: boolean;
  /** Set by a command that can be gone on with after Ctrl-C: how. */
  interruptionHint: string | null;
}

/** The one JSON document of a run. */
export function printJson({ stdout }: Pick<Io, "stdout">, value: unknown): void {
  stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
