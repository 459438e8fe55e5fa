import { authenticate, type AuthenticateOptions } from "./authenticate.js";
import type { Outgoing } from "./outgoing.js";
import { urlFailure } from "./failure.js";
import { discard, headerValues, type Response } from "./response.js";

const MAX_REDIRECTS = 10;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and follows where the server leads, over https only.
 *
 * @param onHop Told each URL before it is loaded.
 */
export async function follow(
  first: Outgoing,
  options: AuthenticateOptions,
  onHop: (url: URL) => void,
): Promise<Response> {
  let request = first;
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    onHop(request.url);
    const response = await authenticate(request, options);
    const location = headerValues(response, "location")[0];
    // A redirect that leads nowhere is the caller's to judge, as any other status.
    if (!redirects.has(response.statusCode) || location === undefined) return response;
    await discard(response);
    const url = requireHttps(location, request.url);
    request = { url, method: methodAfter(request.method, response.statusCode), headers: headersFor(request, url) };
  }
  throw urlFailure(
    "httpTooManyRedirects",
    `${first.url.host} led through more than ${MAX_REDIRECTS} redirects.`,
    request.url,
  );
}

/**
 * Reads a URL and drops the user name and password in it: credentials come from challenges only (choice).
 *
 * @param base What a relative one is relative to.
 */
export function requireHttps(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) {
    throw urlFailure("badURL", "The URL cannot be read.", base ?? new URL("about:blank"));
  }
  const url = new URL(text, base);
  url.username = "";
  url.password = "";
  url.hash = "";
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:") {
    const message = `${url.host} would be loaded over http; Background Assets loads over https only.`;
    throw urlFailure("appTransportSecurityRequiresSecureConnection", message, url);
  }
  throw urlFailure(
    "unsupportedURL",
    `A ${url.protocol} URL cannot be loaded; Background Assets loads over https only.`,
    url,
  );
}

function methodAfter(method: string, status: number): string {
  if (status === 303) return method === "HEAD" ? "HEAD" : "GET";
  return (status === 301 || status === 302) && method === "POST" ? "GET" : method;
}

/** Another origin gets no `Authorization` that was meant for this one. */
function headersFor(request: Outgoing, url: URL): Outgoing["headers"] {
  if (url.origin === request.url.origin) return request.headers;
  return Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== "authorization" && name !== "cookie"),
  );
}
