import type { GuestEvent } from "../protocol/guest.js";
import type { URLDownloadOptions } from "../sdk/download.js";
import type { Native } from "./native.js";
import { BAError } from "../sdk/errors.js";
import { urlDownload } from "../sdk/url-download.js";
import { invalidResult } from "./errors.js";
import { kindOf } from "./format.js";

type ContentRequest = Omit<Extract<GuestEvent, { kind: "downloads" }>, "kind">;

/**
 * Emits the downloads of an answer, each as it is yielded. At the first that is wrong the generator is closed and a
 * `BAError` says which; the principal class then discards those that have left.
 */
export async function emitDownloads(
  native: Native,
  event: number,
  { essentialAllowed }: ContentRequest,
  result: unknown,
): Promise<void> {
  const seen = new Set<string>();
  let index = 0;
  const fail = (code: string, what: string): never => {
    throw new BAError(code, `downloads()[${index}] ${what}.`);
  };
  const emit = (given: unknown): void => {
    if (kindOf(given) !== "object") fail("BA_DOWNLOAD_INVALID", `must be a download, not ${kindOf(given)}`);
    // Checked again: a handler may return an object that `urlDownload` has not made, or has changed one since.
    const download = urlDownload(given as URLDownloadOptions);
    const { identifier, request, essential } = download;
    if (seen.has(identifier)) fail("BA_DUPLICATE_IDENTIFIER", `repeats identifier "${identifier}"`);
    if (essential && !essentialAllowed) fail("BA_ESSENTIAL_NOT_ALLOWED", `"${identifier}" may not be essential`);
    seen.add(identifier);
    index++;
    native.emitDownload(
      event,
      identifier,
      request.url,
      download.fileSize,
      essential,
      // As `Native` numbers them.
      download.priority === "min" ? 0 : download.priority === "max" ? 2 : 1,
      download.applicationGroupIdentifier,
      // Most downloads are plain URLs.
      Object.keys(request)[1]
        ? {
            ...request,
            headers: Object.entries(request.headers ?? {})
              .flat()
              .map(String),
          }
        : undefined,
    );
  };

  const answer = await result;
  const source = Object(typeof answer === "string" ? 0 : answer);
  if (source[Symbol.asyncIterator]) {
    for await (const download of source) emit(download);
  } else if (source[Symbol.iterator]) {
    // Not `for await`, which waits between the elements of an array, too.
    for (const download of source) emit(download);
  } else {
    throw invalidResult("downloads", `an iterable of downloads, not ${kindOf(answer)}`);
  }
}
