import type { URLDownloadMessage } from "../../protocol/values.js";
import { headerValues, type Response } from "./response.js";
import { badStatus, wrongSize, type TransferFailure } from "./failure.js";
import { hasOwnRange, isSameVersion, partialOf, type PartialFile, type Resumption } from "./partial-file.js";

/** What a response means for the file at the destination. */
export type Verdict =
  /** Its body is the file from `offset` on. `total`: bytes of the whole file; null when the head does not say. */
  | {
      readonly kind: "body";
      readonly offset: number;
      readonly total: number | null;
      readonly partial: PartialFile | null;
    }
  /** The file is whole as it is. */
  | { readonly kind: "complete"; readonly size: number }
  /** The server cannot go on with it. */
  | { readonly kind: "startOver" }
  | { readonly kind: "failed"; readonly failure: TransferFailure };

export interface JudgeOptions {
  readonly url: URL;
  readonly request: URLDownloadMessage["request"];
  readonly resumption: Resumption | null;
  readonly expectedBytes: number | null;
}

export function judge(response: Response, options: JudgeOptions): Verdict {
  const { resumption, request, url } = options;
  const { statusCode } = response;
  if (resumption && statusCode === 206) return judgePart(response, resumption, options);
  if (resumption && statusCode === 416) return judgeUnsatisfiable(response, resumption, options.expectedBytes);
  const isPart = statusCode === 206 && !hasOwnRange(request); // which nobody asked for
  if (statusCode < 200 || statusCode > 299 || isPart) return { kind: "failed", failure: badStatus(response, url) };
  return { kind: "body", offset: 0, total: contentLength(response), partial: partialOf(response, request) };
}

function judgePart(response: Response, { offset, partial }: Resumption, { url, expectedBytes }: JudgeOptions): Verdict {
  const range = contentRange(response);
  const end = range && range.last + 1;
  if (!range || range.first !== offset || end !== (range.complete ?? end) || !isSameVersion(response, partial)) {
    return { kind: "startOver" };
  }
  if (expectedBytes !== null && end !== expectedBytes) {
    return range.complete === null
      ? { kind: "startOver" }
      : { kind: "failed", failure: wrongSize(url, end, expectedBytes) };
  }
  return { kind: "body", offset, total: end, partial };
}

function judgeUnsatisfiable(
  response: Response,
  { offset, partial }: Resumption,
  expectedBytes: number | null,
): Verdict {
  const [complete] = headerValues(response, "content-range");
  const whole = complete?.trim() === `bytes */${offset}` && offset === (expectedBytes ?? offset);
  return whole && isSameVersion(response, partial) ? { kind: "complete", size: offset } : { kind: "startOver" };
}

interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly complete: number | null;
}

function contentRange(response: Response): ContentRange | null {
  const [value = ""] = headerValues(response, "content-range");
  const [, first, last, complete] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(value.trim()) ?? [];
  if (first === undefined || last === undefined) return null;
  return { first: Number(first), last: Number(last), complete: complete === "*" ? null : Number(complete) };
}

function contentLength(response: Response): number | null {
  const [length] = headerValues(response, "content-length");
  return length === undefined ? null : Number(length);
}
