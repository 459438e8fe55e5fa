import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DownloadReport, Report } from "../../simulator/index.js";
import { sameFile } from "./files.js";
import { errorsOf, listing, reportsOf, subjectOf, verdict, type MatcherResult } from "./result.js";

/** What an error of a download must have; all of it is optional. */
export interface ExpectedError {
  /** For example `"networkConnectionLost"`. */
  readonly name?: string | undefined;
  readonly domain?: string | undefined;
  readonly code?: number | undefined;
}

/** @param isNot behind `.not`, where a list says that none of them has finished */
export function toHaveFinished(
  received: unknown,
  identifiers: string | readonly string[],
  isNot: boolean,
): MatcherResult {
  const wanted = [identifiers].flat();
  const reports = reportsOf(received, "toHaveFinished");
  const done = (identifier: string): boolean => entries(reports, identifier, "finished").length > 0;
  const pass = isNot ? wanted.some(done) : wanted.every(done);
  const named = wanted.filter((identifier) => done(identifier) === isNot).map(quoted);
  return verdict(pass, subjectOf(reports), `have finished ${named.join(", ")}`, () => downloadsOf(reports));
}

export function toHaveFailed(received: unknown, identifier: string, error: ExpectedError = {}): MatcherResult {
  return ended(reportsOf(received, "toHaveFailed"), "failed", identifier, error);
}

export function toHaveRefused(received: unknown, identifier: string, error: ExpectedError = {}): MatcherResult {
  return ended(reportsOf(received, "toHaveRefused"), "refused", identifier, error);
}

export function toHaveClaimed(received: unknown, path: string): MatcherResult {
  const reports = reportsOf(received, "toHaveClaimed");
  const claim = claims(reports).find((candidate) => sameFile(candidate.path, path));
  const problem = claim && missingFile(claim);
  const sentence = `have claimed a file as ${quoted(path)}`;
  return verdict(claim !== undefined && problem === undefined, subjectOf(reports), sentence, () => [
    ...(problem === undefined ? [] : [problem]),
    ...listing(
      "files were claimed as:",
      "no file was claimed",
      claims(reports).map((candidate) => `${candidate.path} (${candidate.identifier})`),
    ),
    ...errorsOf(reports),
  ]);
}

function ended(
  reports: readonly Report[],
  status: DownloadReport["status"],
  identifier: string,
  expected: ExpectedError,
): MatcherResult {
  const pass = entries(reports, identifier, status).some(({ error }) => fits(error, expected));
  const parts = Object.entries(expected).filter(([, value]) => value !== undefined);
  const details = parts.map(([key, value]) => ` ${key} ${value}`).join(",");
  const sentence = `have ${status} ${quoted(identifier)}${details && ` with${details}`}`;
  return verdict(pass, subjectOf(reports), sentence, () => downloadsOf(reports));
}

const fits = (error: DownloadReport["error"], { name, domain, code }: ExpectedError): boolean =>
  (name === undefined || error?.name === name) &&
  (domain === undefined || error?.domain === domain) &&
  (code === undefined || error?.code === code);

const entries = (reports: readonly Report[], identifier: string, status: DownloadReport["status"]): DownloadReport[] =>
  reports.flatMap(({ downloads }) =>
    downloads.filter((download) => download.identifier === identifier && download.status === status),
  );

interface Claim {
  readonly identifier: string;
  readonly path: string;
  readonly container: string;
  /** Null where the report does not say. */
  readonly bytes: number | null;
}

/** A file that the handler failed on or kept lies in staging: it is not claimed. */
const staging = "Library/Caches/ba-extension/";

const claims = (reports: readonly Report[]): Claim[] =>
  reports.flatMap(({ container, downloads, reoffered }) =>
    [...downloads, ...reoffered].flatMap((download): Claim[] => {
      const { identifier, path } = download;
      if (path === null || path.startsWith(staging)) return [];
      return [{ identifier, path, container, bytes: "bytes" in download ? download.bytes : null }];
    }),
  );

function missingFile({ container, path, bytes }: Claim): string | undefined {
  const file = join(container, path);
  if (!existsSync(file)) return `the file is not there any more: ${file}`;
  const { size } = statSync(file);
  return bytes === null || size === bytes ? undefined : `the file has ${size} bytes now, not ${bytes}: ${file}`;
}

const quoted = (text: string): string => JSON.stringify(text);

function downloadsOf(reports: readonly Report[]): string[] {
  const lines = reports.flatMap(({ downloads }) =>
    downloads.map(({ identifier, status, error }) => {
      const name = error && (error.name ?? `${error.domain} ${error.code}`);
      return `${quoted(identifier)} ${status}${error ? `: ${error.message} (${name})` : ""}`;
    }),
  );
  return [...listing("it has these downloads:", "it has no downloads", lines), ...errorsOf(reports)];
}
