import type { DownloadError, URLErrorName } from "../../sdk/index.js";
import { baError, posixError, SIZE_MISMATCH, urlError } from "../errors.js";
import { headerValues, type Response } from "./response.js";

/** Why it makes sense to try once more, and when. */
export interface Retry {
  /** For people: `the connection was lost`. */
  readonly reason: string;
  /** Milliseconds that the server asks to wait; null when it does not say. */
  readonly after: number | null;
}

/** Carries the system's error to the end of the transfer. */
export class TransferFailure extends Error {
  readonly error: DownloadError;
  /** Null when another attempt would end the same way. */
  readonly retry: Retry | null;

  constructor(error: DownloadError, retry: Retry | null = null) {
    super(error.message);
    this.error = error;
    this.retry = retry;
  }
}

/** The URL without what may be secret in it: user name and password, and the query, which can be a signature. */
export function redacted(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

/** Rule `interrupted-goes-on`: these say that the network failed, not the file or the server's answer. */
const interruptions: Partial<Record<URLErrorName, string>> = {
  networkConnectionLost: "the connection was lost",
  timedOut: "no answer in time",
  cannotConnectToHost: "no connection to the server",
  notConnectedToInternet: "no network",
};

/** A failure of `NSURLErrorDomain` that names the URL as `NSError` does. */
export function urlFailure(
  name: URLErrorName,
  message: string,
  url: URL,
  detail: { readonly underlying?: DownloadError | null; readonly statusCode?: number; readonly retry?: Retry } = {},
): TransferFailure {
  const { underlying = null, retry, ...userInfo } = detail;
  const reason = interruptions[name];
  return new TransferFailure(
    urlError(name, message, underlying, { NSErrorFailingURLStringKey: redacted(url), ...userInfo }),
    retry ?? (reason === undefined ? null : { reason, after: null }),
  );
}

/** Choice: URLSession hands such a response to its caller; for a background asset it can only be a failure. */
export function badStatus(response: Response, url: URL): TransferFailure {
  const { statusCode } = response;
  return urlFailure("badServerResponse", `${redacted(url)} answered with HTTP status ${statusCode}.`, url, {
    statusCode,
    ...(statusCode === 503 && { retry: { reason: "HTTP status 503", after: retryAfter(response) } }),
  });
}

/** Milliseconds of `Retry-After`, a date counted from the server's own; null without one that can be read. */
function retryAfter(response: Response): number | null {
  const [value = ""] = headerValues(response, "retry-after");
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const [date = ""] = headerValues(response, "date");
  const delay = Date.parse(value) - (Date.parse(date) || Date.now());
  return Number.isNaN(delay) ? null : Math.max(0, delay);
}

/** @param actual Bytes; null for more than expected, of which the rest was not awaited. */
export function wrongSize(url: URL, actual: number | null, expected: number): TransferFailure {
  const has =
    actual === null
      ? "more bytes"
      : `${actual} ${actual === 1 ? "byte" : "bytes"}, ${actual < expected ? "fewer" : "more"}`;
  const message = `${redacted(url)} has ${has} than its fileSize of ${expected}.`;
  return new TransferFailure(baError(SIZE_MISMATCH, message, { NSErrorFailingURLStringKey: redacted(url) }));
}

/** What a device would report when the file cannot be made or written. */
export function fileFailure(name: "cannotCreateFile" | "cannotWriteToFile", error: unknown, url: URL): TransferFailure {
  const code = codeOf(error);
  const what =
    name === "cannotCreateFile"
      ? "The file for the download could not be created"
      : "The download could not be written";
  return urlFailure(name, `${what} (${code}).`, url, { underlying: posixError(code) });
}

/** The code of an error of Node's; empty when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
