import { errors } from "undici";
import type { DownloadError } from "../../sdk/index.js";
import { posixError, urlError, type URLErrorName } from "../errors.js";

/** Carries the system's error to the end of the transfer. */
export class TransferFailure extends Error {
  readonly error: DownloadError;

  constructor(error: DownloadError) {
    super(error.message);
    this.error = error;
  }
}

/** The URL without what may be secret in it: user name and password, and the query, which can be a signature. */
export function redacted(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

/** A failure of `NSURLErrorDomain` that names the URL as `NSError` does. */
export function urlFailure(
  name: URLErrorName,
  message: string,
  url: URL,
  detail: { readonly underlying?: DownloadError | null; readonly statusCode?: number } = {},
): TransferFailure {
  const { underlying = null, ...userInfo } = detail;
  return new TransferFailure(
    urlError(name, message, underlying, { NSErrorFailingURLStringKey: redacted(url), ...userInfo }),
  );
}

/** What a device would report for an error of Node's sockets, TLS or HTTP. */
export function networkFailure(error: unknown, url: URL): TransferFailure {
  if (error instanceof TransferFailure) return error;
  const code = codeOf(error);
  const [name, what] = classify(code);
  return urlFailure(name, `${what} ${url.host}${code === "" ? "." : ` (${code}).`}`, url, {
    underlying: posixError(code),
  });
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

function codeOf(error: unknown): string {
  // llhttp's reasons; undici leaves out the code of some of them.
  if (error instanceof errors.HTTPParserError) return error.code || "HPE_INVALID";
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function classify(code: string): readonly [URLErrorName, string] {
  const known = networkErrors[code];
  if (known) return known;
  if (code.startsWith("HPE_")) return ["cannotParseResponse", "No HTTP answer from"];
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) {
    return ["secureConnectionFailed", "No TLS connection to"];
  }
  return certificateErrors.has(code) ? untrusted : ["unknown", "The transfer failed from"];
}

const untrusted = ["serverCertificateUntrusted", "The certificate is not trusted of"] as const;
const lost = ["networkConnectionLost", "The connection was lost to"] as const;
const offline = ["notConnectedToInternet", "There is no network to reach"] as const;
const unreachable = ["cannotConnectToHost", "No connection to"] as const;
const timedOut = ["timedOut", "No answer in time from"] as const;

const networkErrors: Readonly<Record<string, readonly [URLErrorName, string]>> = {
  ENOTFOUND: ["cannotFindHost", "No address for"],
  // What the resolver says when it reaches no name server.
  EAI_AGAIN: offline,
  ENETDOWN: offline,
  ENETUNREACH: offline,
  ECONNREFUSED: unreachable,
  EHOSTUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ECONNRESET: lost,
  ECONNABORTED: lost,
  EPIPE: lost,
  UND_ERR_SOCKET: lost,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: lost,
  UND_ERR_CLOSED: lost,
  UND_ERR_DESTROYED: lost,
  ETIMEDOUT: timedOut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  UND_ERR_HEADERS_OVERFLOW: ["cannotParseResponse", "The head of the answer is too large from"],
  UND_ERR_INVALID_ARG: ["unknown", "The request has a method or a header that cannot be sent to"],
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
};

/** OpenSSL's reasons to refuse a certificate, as `node:tls` names them. */
const certificateErrors: ReadonlySet<string> = new Set([
  "CERT_CHAIN_TOO_LONG",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
