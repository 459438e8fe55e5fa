import { errorsOf, listing, reportsOf, subjectOf, verdict, type MatcherResult } from "./result.js";

export function toHaveDiagnostic(received: unknown, code: string): MatcherResult {
  const reports = reportsOf(received, "toHaveDiagnostic");
  const diagnostics = reports.flatMap((report) => report.diagnostics);
  const pass = diagnostics.some((diagnostic) => diagnostic.code === code);
  return verdict(pass, subjectOf(reports), `have the diagnostic ${code}`, () =>
    listing(
      "it has these diagnostics:",
      "it has no diagnostics",
      diagnostics.map((diagnostic) => `${diagnostic.severity} [${diagnostic.code}] ${diagnostic.message}`),
    ),
  );
}

export function toHaveLogged(received: unknown, message: string | RegExp): MatcherResult {
  const reports = reportsOf(received, "toHaveLogged");
  const logs = reports.flatMap((report) => report.logs);
  // `search` begins at the start each time, also for an expression that remembers where it was.
  const fits = (text: string): boolean =>
    typeof message === "string" ? text.includes(message) : text.search(message) >= 0;
  const wanted = typeof message === "string" ? JSON.stringify(message) : String(message);
  return verdict(
    logs.some((entry) => fits(entry.message)),
    subjectOf(reports),
    `have logged ${wanted}`,
    () => [
      ...listing(
        "it has these log entries:",
        "it has logged nothing",
        logs.map((entry) => `${entry.level}: ${entry.message}`),
      ),
      ...errorsOf(reports),
    ],
  );
}
