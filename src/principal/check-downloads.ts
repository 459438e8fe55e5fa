import type { GuestError } from "../protocol/guest.js";
import type { URLDownloadMessage } from "../protocol/values.js";

const cachePolicies: readonly string[] = [
  "useProtocolCachePolicy",
  "reloadIgnoringLocalCacheData",
  "reloadIgnoringLocalAndRemoteCacheData",
  "reloadRevalidatingCacheData",
  "returnCacheDataElseLoad",
  "returnCacheDataDontLoad",
];

/** The downloads of an answer that can be scheduled, and one error for each of the others. */
export interface CheckedDownloads {
  readonly valid: readonly URLDownloadMessage[];
  readonly errors: readonly GuestError[];
}

/**
 * The second check of an answer, with a real URL parser and independent of the guest: what passes here becomes a
 * `BAURLDownload`, whose initializer traps. URLs and headers, which may hold credentials, are not quoted.
 */
export function checkDownloads(downloads: readonly URLDownloadMessage[], essentialAllowed: boolean): CheckedDownloads {
  const valid: URLDownloadMessage[] = [];
  const errors: GuestError[] = [];
  const seen = new Set<string>();
  for (const download of downloads) {
    const name = `Download ${JSON.stringify(download.identifier)}`;
    const rule = brokenRule(download);
    if (rule !== null) {
      errors.push({ code: "BA_DOWNLOAD_INVALID", message: `${name}: ${rule}` });
    } else if (seen.has(download.identifier)) {
      errors.push({ code: "BA_DUPLICATE_IDENTIFIER", message: `${name} is in the answer twice.` });
    } else if (download.essential && !essentialAllowed) {
      errors.push({
        code: "BA_ESSENTIAL_NOT_ALLOWED",
        message: `${name} is essential, which only install and update permit.`,
      });
    } else {
      valid.push(download);
    }
    seen.add(download.identifier);
  }
  return { valid, errors };
}

/** The rule of a single download that this one breaks, as a sentence, if it breaks one. */
export function brokenRule({ identifier, request, fileSize, essential }: URLDownloadMessage): string | null {
  if (identifier === "") return "`identifier` must be a non-empty string.";
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (!url) return "the URL of its `request` cannot be parsed.";
  if (url.protocol !== "https:") return "the URL of its `request` must be an https: URL.";
  if (url.hostname === "") return "the URL of its `request` must have a host.";
  if (!Number.isSafeInteger(fileSize) || fileSize < 0)
    return "`fileSize` must be a whole number of bytes, from 0 to 2^53 − 1.";
  if (essential && fileSize === 0) return "an essential download must have its exact `fileSize`.";
  const { method, headers = {}, cachePolicy } = request;
  if (method !== undefined && !isToken(method)) return "`method` must be the name of an HTTP method.";
  if (cachePolicy !== undefined && !cachePolicies.includes(cachePolicy)) {
    return `\`cachePolicy\` must be one of ${cachePolicies.join(", ")}.`;
  }
  for (const [header, value] of Object.entries(headers)) {
    if (!isToken(header)) return `${JSON.stringify(header)} is no name of an HTTP header.`;
    if (/[\r\n\0]/.test(value)) return `the value of header ${header} must be one line.`;
  }
  return null;
}

/** `token` of RFC 9110, section 5.6.2. */
const isToken = (text: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
