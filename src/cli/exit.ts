import { CommanderError } from "commander";
import { InternalError, UserError, type SourceLocation } from "../diagnostics/index.js";

/** Exit codes, as `docs/cli.md` has them. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Errors of ours that a command line brings about by itself. */
const usageCodes: ReadonlySet<string> = new Set(["BA_HOST_ENGINE", "BA_FAULT_UNKNOWN", "BA_FAULT_INVALID"]);

export function exitCodeOf(error: unknown): ExitCode {
  const usage = error instanceof CommanderError || (error instanceof UserError && usageCodes.has(error.code));
  return usage ? exitCodes.usage : exitCodes.failed;
}

/** An error as `--json` prints it. */
export interface JsonError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly location: SourceLocation | null;
}

/** What was thrown, for programs. Of a bug the message only: a stack may hold more than a log should. */
export function toJsonError(error: unknown): JsonError {
  if (error instanceof UserError) {
    return { code: error.code, message: error.message, hint: error.hint ?? null, location: error.location ?? null };
  }
  if (error instanceof CommanderError) {
    const [message = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
    return { code: "BA_USAGE", message, hint: rest.join("\n").trim() || "Run ba-extension --help.", location: null };
  }
  const code = error instanceof InternalError ? error.code : "BA_INTERNAL";
  return { code, message: error instanceof Error ? error.message : String(error), hint: null, location: null };
}

export const interruptedError = (hint: string | null): JsonError => ({
  code: "BA_INTERRUPTED",
  message: "The run was interrupted.",
  hint,
  location: null,
});
