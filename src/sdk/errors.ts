import type { DownloadError } from "./file.js";

/**
 * An error with a stable code. Engine-neutral, thrown to handlers by this package and by host calls.
 * `code` is for programs, `message` says what failed and the rule, `hint` the way out.
 */
export class BAError extends Error {
  // Declared only: a field that is defined costs bytes in every bundle.
  declare readonly code: string;
  declare readonly hint: string | undefined;
  /** With `BA_SYSTEM_REFUSED`: what the system answered. */
  declare readonly systemError?: DownloadError;

  constructor(code: string, message: string, options: { readonly hint?: string | undefined } = {}) {
    super(message);
    this.name = "BAError";
    this.code = code;
    this.hint = options.hint;
  }
}

/** The system refused: `downloadManager.schedule`, `downloadManager.cancel`. */
export class SystemRefusedError extends BAError {
  declare readonly code: "BA_SYSTEM_REFUSED";
  declare readonly systemError: DownloadError;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "BA_SYSTEM_REFUSED");
  }
}

/** Exclusive control was not to be had: `downloadManager.withExclusiveControl`, `file.moveTo(…, { exclusive: true })`. */
export class ExclusiveControlError extends BAError {
  declare readonly code: "BA_EXCLUSIVE_CONTROL";

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasCode(value, "BA_EXCLUSIVE_CONTROL");
  }
}

// What a class of errors is goes by the code: the error was made by whoever answered the host call, perhaps of another copy
// of this package.
const hasCode = (value: unknown, code: string): boolean =>
  value instanceof Error && (value as { code?: unknown }).code === code;
