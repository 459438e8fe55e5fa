import { errors } from "undici";
import type { URLErrorName } from "../../sdk/index.js";
import { posixError } from "../errors.js";
import { codeOf, TransferFailure, urlFailure } from "./failure.js";

/** What a device would report for an error of Node's sockets, TLS or HTTP. */
export function networkFailure(error: unknown, url: URL): TransferFailure {
  if (error instanceof TransferFailure) return error;
  // llhttp's reasons; undici leaves out the code of some of them.
  const code = codeOf(error) || (error instanceof errors.HTTPParserError ? "HPE_INVALID" : "");
  const [name, what] = classify(code);
  return urlFailure(name, `${what} ${url.host}${code === "" ? "." : ` (${code}).`}`, url, {
    underlying: posixError(code),
  });
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
