import type { URLDownload, URLDownloadOptions } from "./download.js";
import type { URLRequest } from "./request.js";
import { BAError } from "./errors.js";

/**
 * Makes a download to return from `downloads`. Throws a {@link BAError} `BA_DOWNLOAD_INVALID` that names the
 * download and the rule for everything that the system would trap on.
 */
export function urlDownload<const URL extends string>(options: URLDownloadOptions<URL>): URLDownload {
  const { identifier, fileSize, essential = false, priority = "default" } = options;
  const given: string | URLRequest = options.request;
  const request = typeof given === "string" ? { url: given } : given;
  const must = (holds: boolean, rule: string): void => {
    if (!holds) throw new BAError("BA_DOWNLOAD_INVALID", `Download ${JSON.stringify(identifier)}: ${rule}`);
  };
  must(typeof identifier === "string" && identifier !== "", "`identifier` must be a non-empty string.");
  must(
    typeof request?.url === "string" && /^https:\/\/[^/?#\s]/i.test(request.url),
    "`request` must have an https: URL; Background Assets loads over HTTPS only.",
  );
  must(
    Number.isSafeInteger(fileSize) && fileSize >= 0,
    "`fileSize` must be the exact size in bytes, a whole number from 0 to 2^53 − 1.",
  );
  must(typeof essential === "boolean", "`essential` must be true or false.");
  must(!essential || fileSize > 0, "an essential download must have its exact `fileSize`.");
  must(
    priority === "min" || priority === "default" || priority === "max",
    '`priority` must be "min", "default" or "max".',
  );
  return { ...options, request, essential, priority } as URLDownload;
}
