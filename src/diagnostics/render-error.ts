import { InternalError, UserError } from "./errors.js";
import { formatDiagnostic, toDiagnostic, type FormatOptions } from "./format.js";

/** The one place that turns whatever was thrown into text for a terminal. */
export function renderError(error: unknown, options: FormatOptions): string {
  if (!(error instanceof UserError)) return renderBug(error);
  return error.problems.map((problem) => formatDiagnostic(toDiagnostic(problem, error.code), options)).join("\n");
}

/** Anything that is not a `UserError` is ours to fix: all of it is shown, because a report needs it. */
function renderBug(error: unknown): string {
  const code = error instanceof InternalError ? error.code : "BA_INTERNAL";
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const causes: string[] = [];
  for (let cause = causeOf(error); cause !== undefined && causes.length < 5; cause = causeOf(cause)) {
    causes.push(`Caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  }
  return `${[
    `✘ This is a bug in ba-extension [${code}]`,
    "",
    ...[what, ...causes].map((text) => text.replaceAll(/^/gm, "  ")),
    "",
    `  Report it with the text above (Node ${process.version}, ${process.platform} ${process.arch}): npm bugs ba-extension`,
  ].join("\n")}\n`;
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
