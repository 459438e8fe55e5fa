import { stat } from "node:fs/promises";
import type { URLDownloadMessage } from "../../protocol/values.js";
import { headerValues, type Response } from "./response.js";

/** Of which version the bytes of an unfinished file are: what is needed to go on with it (RFC 9110, section 8.8). */
export interface PartialFile {
  /** Strong entity tag, with its quotes. */
  readonly etag: string | null;
  /** Value of `Last-Modified`; the validator when there is no entity tag. */
  readonly lastModified: string | null;
}

/** A file that a request goes on with. */
export interface Resumption {
  /** Bytes that are there. */
  readonly offset: number;
  readonly partial: PartialFile;
  /** Value of `If-Range`. */
  readonly validator: string;
}

export interface ResumeOptions {
  readonly request: URLDownloadMessage["request"];
  readonly destination: string;
  readonly expectedBytes: number | null;
  readonly partial: PartialFile | null;
}

/** Rule `range-resume`: how to go on with what is at the destination; null: from the beginning. */
export async function planResumption(options: ResumeOptions): Promise<Resumption | null> {
  const { request, destination, expectedBytes, partial } = options;
  const validator = partial && (partial.etag ?? partial.lastModified);
  if (!partial || !validator || isWeak(validator) || !canHaveRange(request)) return null;
  const offset = await stat(destination).then(
    ({ size }) => size,
    () => 0,
  );
  if (offset === 0 || offset > (expectedBytes ?? offset)) return null;
  return { offset, partial, validator };
}

/** Ranges are the loading system's, for GET (RFC 9110, section 14.2), unless the handler asks for one itself. */
function canHaveRange(request: URLDownloadMessage["request"]): boolean {
  return (request.method ?? "GET").toUpperCase() === "GET" && !hasOwnRange(request);
}

/** Whether the handler asks for a range itself. */
export function hasOwnRange({ headers = {} }: URLDownloadMessage["request"]): boolean {
  return Object.keys(headers).some((name) => /^(?:if-)?range$/i.test(name));
}

/** What a whole response says of its version; null when an unfinished file of it cannot be gone on with. */
export function partialOf(response: Response, request: URLDownloadMessage["request"]): PartialFile | null {
  if (response.statusCode !== 200 || !canHaveRange(request)) return null;
  const [etag = null] = headerValues(response, "etag");
  const [lastModified = null] = headerValues(response, "last-modified");
  if (etag !== null) return isWeak(etag) ? null : { etag, lastModified };
  return lastModified !== null && isStrongDate(lastModified, response) ? { etag: null, lastModified } : null;
}

/** A weak tag says that bytes may differ between files that are called the same. */
const isWeak = (validator: string): boolean => validator.startsWith("W/");

/** A file can change twice within the second that a date names (RFC 9110, section 8.8.2.2). */
function isStrongDate(lastModified: string, response: Response): boolean {
  const [date = ""] = headerValues(response, "date");
  return Date.parse(date) - Date.parse(lastModified) >= 1000;
}

/** Whether a response about a part speaks of the version that is there, as far as it says so. */
export function isSameVersion(response: Response, { etag, lastModified }: PartialFile): boolean {
  const [name, known] = etag !== null ? (["etag", etag] as const) : (["last-modified", lastModified] as const);
  return headerValues(response, name).every((value) => value === known);
}
