import type { Report } from "../../simulator/index.js";

/** What vitest and jest expect of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * @param sentence what was expected, from the verb on: `have finished "a"`
 * @param found what there is instead: lines, made only for a message
 */
export function verdict(
  pass: boolean,
  subject: string,
  sentence: string,
  found: () => readonly string[],
): MatcherResult {
  // A matcher that passes is asked for a message only where it should not have passed.
  return { pass, message: () => [`expected ${subject} ${pass ? "not to" : "to"} ${sentence}`, ...found()].join("\n") };
}

const shownAtMost = 20;

/** A heading and an indented list below it, which says so when it is cut, or that there is nothing. */
export function listing(title: string, none: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [none];
  const shown = lines.slice(0, shownAtMost).map((line) => `  ${line.replaceAll("\n", "\n  ")}`);
  const rest = lines.length - shown.length;
  return [title, ...shown, ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

/** The reports that a matcher looks at: one, or those of `simulator.advance`. */
export function reportsOf(received: unknown, matcher: string): readonly Report[] {
  const reports: readonly unknown[] = Array.isArray(received) ? received : [received];
  if (reports.every(isReport)) return reports;
  throw new TypeError(
    `${matcher} looks at a report, or several of them, and was given ${describe(received)}. ` +
      `Write expect(await simulator.dispatch(…)).${matcher}(…).`,
  );
}

/** "the report of install", "2 reports". */
export const subjectOf = (reports: readonly Report[]): string =>
  reports.length === 1 ? `the report of ${reports[0]?.event}` : `${reports.length} reports`;

const isReport = (value: unknown): value is Report =>
  typeof value === "object" && value !== null && "downloads" in value && "diagnostics" in value && "logs" in value;

/** Names what was given, for the message that it is the wrong thing. */
export function describe(value: unknown): string {
  if (value instanceof Promise) return "a promise that nobody waits for";
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value) ?? typeof value);
  return "dispatch" in value
    ? "a simulator"
    : `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no keys"}`;
}

/** Errors of the reports: mostly the reason why something else is missing. */
export function errorsOf(reports: readonly Report[]): string[] {
  const errors = reports.flatMap(({ manifest, diagnostics }) => [
    ...(manifest?.error ? [`manifest failed: ${manifest.error.message}`] : []),
    ...diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `[${code}] ${message}`),
  ]);
  return errors.length === 0 ? [] : listing("and these errors:", "", errors);
}
