import type { AuthenticationMethod, ProtectionSpace } from "../../sdk/index.js";

/** A challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1). */
export interface OfferedScheme {
  /** Lower case. */
  readonly scheme: string;
  readonly realm: string | null;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// Either `name=value` of the challenge before, or a scheme with an optional token68. The header's lists nest without
// brackets: a comma separates both parameters and challenges.
const PART = new RegExp(
  `[\\s,]*(?:(?<name>${TOKEN})\\s*=\\s*(?:"(?<quoted>(?:[^"\\\\]|\\\\.)*)"|(?<plain>${TOKEN}))` +
    `|(?<scheme>${TOKEN})(?:\\s+[A-Za-z0-9._~+/-]+=*(?=\\s*(?:,|$)))?)`,
  "gy",
);

/** All challenges of all headers, in their order. Reads up to the first thing that is not in the grammar. */
export function parseWwwAuthenticate(headers: readonly string[]): OfferedScheme[] {
  const offered: { scheme: string; realm: string | null }[] = [];
  for (const header of headers) {
    for (const { groups = {} } of header.matchAll(PART)) {
      const { scheme, name, quoted, plain } = groups;
      if (scheme !== undefined) offered.push({ scheme: scheme.toLowerCase(), realm: null });
      const last = offered.at(-1);
      if (last && name?.toLowerCase() === "realm") last.realm = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? null;
    }
  }
  return offered;
}

/** The schemes that the URL loading system knows, strongest first: the order in which it offers them. */
const knownSchemes: Readonly<Record<string, readonly [AuthenticationMethod, string]>> = {
  negotiate: ["negotiate", "NSURLAuthenticationMethodNegotiate"],
  ntlm: ["ntlm", "NSURLAuthenticationMethodNTLM"],
  digest: ["httpDigest", "NSURLAuthenticationMethodHTTPDigest"],
  basic: ["httpBasic", "NSURLAuthenticationMethodHTTPBasic"],
};
const strength = Object.keys(knownSchemes);

/** The protection spaces of a 401 for `url`, strongest first; schemes that the system does not know are left out. */
export function protectionSpaces(url: URL, headers: readonly string[]): ProtectionSpace[] {
  return parseWwwAuthenticate(headers)
    .sort((a, b) => strength.indexOf(a.scheme) - strength.indexOf(b.scheme))
    .flatMap(({ scheme, realm }) => {
      const known = knownSchemes[scheme];
      return known ? [protectionSpace(url, realm, known)] : [];
    });
}

function protectionSpace(
  url: URL,
  realm: string | null,
  [method, rawMethod]: readonly [AuthenticationMethod, string],
): ProtectionSpace {
  return {
    host: url.hostname,
    port: Number(url.port || 443),
    protocol: "https",
    realm,
    method,
    rawMethod,
    isProxy: false,
    receivesCredentialSecurely: true,
  };
}

/** Two spaces are the same when this is. */
export function spaceKey(space: ProtectionSpace): string {
  return JSON.stringify([space.protocol, space.host, space.port, space.rawMethod, space.realm]);
}
