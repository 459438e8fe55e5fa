import type { URLDownload, URLDownloadOptions } from "./download.js";
import type { URLRequest } from "./request.js";
import { BAError } from "./errors.js";

/** Of options that are no strings, by how their names begin: `timeoutInterval`, `headers`, `allows…`, `essential`. */
const types: Readonly<Record<string, string>> = { ti: "number", he: "object", al: "boolean", es: "boolean" };

/**
 * Makes a download to return from `downloads`. Throws a {@link BAError} `BA_DOWNLOAD_INVALID` that names the
 * download and the rule for everything that the system would trap on.
 */
export function urlDownload<const URL extends string>(options: URLDownloadOptions<URL>): URLDownload {
  const { identifier, fileSize, essential = false, priority = "default", applicationGroupIdentifier } = options;
  const given: string | URLRequest = options.request;
  const request = typeof given === "string" ? { url: given } : given;
  const must = (holds: unknown, name: string, rule: string): void => {
    if (!holds) {
      throw new BAError("BA_DOWNLOAD_INVALID", `Download ${JSON.stringify(identifier)}: \`${name}\` must be ${rule}.`);
    }
  };
  for (const [name, value] of Object.entries({ ...request, identifier, essential, applicationGroupIdentifier })) {
    const type = types[name.slice(0, 2)] ?? "string";
    must(value === undefined || typeof value === type, name, `a ${type}`);
  }
  must(identifier, "identifier", "non-empty");
  must(/^https:\/\/[^/?#\s]/i.test(request?.url), "request", "an https: URL");
  // An essential download may not say 0, which otherwise means that the size is not known.
  must(Number.isSafeInteger(fileSize) && fileSize >= +essential, "fileSize", "its exact size in bytes");
  must(/^(min|default|max)$/.test(priority), "priority", '"min", "default" or "max"');
  return { ...options, request, essential, priority } as URLDownload;
}
