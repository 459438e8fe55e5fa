import type { URLDownloadOptions } from "../sdk/download.js";
import type { NativeRequest } from "./native.js";
import { urlDownload } from "../sdk/url-download.js";
import { native } from "./engine.js";
import { broken, resultInvalid } from "./errors.js";
import { kindOf } from "./format.js";

/** Whatever a handler returned, as far as it is of interest. */
type Answer = (AsyncIterable<unknown> & Iterable<unknown>) | null | undefined;

/**
 * Emits the downloads of an answer, each as it is yielded. At the first that is wrong the generator is closed and a
 * `BAError` says which; the principal class then discards those that have left. What concerns the answer as a whole
 * (identifiers that repeat, essential ones that are not allowed) is the principal's to check: it has all of them.
 */
export const emitDownloads = async (event: number, answer: Answer): Promise<void> => {
  let index = 0;
  const emit = (given: unknown): void => {
    if (kindOf(given) !== "object") {
      throw broken("BA_DOWNLOAD_INVALID", `downloads()[${index}] must be a download`, given);
    }
    index++;
    // Checked again: a handler may return an object that `urlDownload` has not made, or has changed one since.
    const download = urlDownload(given as URLDownloadOptions);
    const { request, priority } = download;
    native.emitDownload(
      event,
      download.identifier,
      request.url,
      download.fileSize,
      download.essential,
      // As `Native` numbers them.
      priority === "min" ? 0 : priority === "max" ? 2 : 1,
      download.applicationGroupIdentifier,
      // Most downloads are plain URLs.
      (Object.keys(request)[1] && {
        ...request,
        headers: Object.entries(request.headers ?? {})
          .flat()
          .map(String),
      }) as NativeRequest | undefined,
    );
  };

  if (answer?.[Symbol.asyncIterator]) {
    for await (const download of answer) emit(download);
  } else if (typeof answer !== "string" && answer?.[Symbol.iterator]) {
    // Not `for await`, which waits between the elements of an array, too.
    for (const download of answer) emit(download);
  } else {
    throw broken(resultInvalid, "downloads must return an iterable of downloads", answer);
  }
};
