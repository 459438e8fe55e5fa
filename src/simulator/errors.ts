/** The errors that the simulated system hands to an extension: `NSError` values with Apple's domains, codes and names. */
import type { BAErrorName, DownloadError, URLErrorName } from "../sdk/index.js";

/** `BAErrorCode`. */
export const baErrorCodes = {
  downloadInvalid: 0,
  callFromExtensionNotAllowed: 50,
  callFromInactiveProcessNotAllowed: 51,
  callerConnectionNotAccepted: 55,
  callerConnectionInvalid: 56,
  downloadAlreadyScheduled: 100,
  downloadNotScheduled: 101,
  downloadFailedToStart: 102,
  downloadAlreadyFailed: 103,
  downloadEssentialDownloadNotPermitted: 109,
  downloadBackgroundActivityProhibited: 111,
  downloadWouldExceedAllowance: 112,
  downloadDoesNotExist: 113,
  sessionDownloadDisallowedByDomain: 202,
  sessionDownloadDisallowedByAllowance: 203,
  sessionDownloadAllowanceExceeded: 204,
  sessionDownloadNotPermittedBeforeAppLaunch: 206,
} as const satisfies Record<BAErrorName, number>;

/** Codes of `NSURLErrorDomain` that the simulated system uses, by their names in `URLError.Code`. */
export const urlErrorCodes = {
  unknown: -1,
  cancelled: -999,
  badURL: -1000,
  timedOut: -1001,
  unsupportedURL: -1002,
  cannotFindHost: -1003,
  cannotConnectToHost: -1004,
  networkConnectionLost: -1005,
  httpTooManyRedirects: -1007,
  notConnectedToInternet: -1009,
  badServerResponse: -1011,
  userAuthenticationRequired: -1013,
  cannotDecodeContentData: -1016,
  cannotParseResponse: -1017,
  appTransportSecurityRequiresSecureConnection: -1022,
  secureConnectionFailed: -1200,
  serverCertificateUntrusted: -1202,
  cannotCreateFile: -3000,
  cannotWriteToFile: -3003,
} as const satisfies Record<URLErrorName, number>;

/**
 * How a file of the wrong size fails. Unverified: Apple documents that the download fails, not with which code
 * (choice: the unspecific one; the codes about allowances would say something untrue).
 */
export const SIZE_MISMATCH: BAErrorName = "downloadInvalid";

type UserInfo = DownloadError["userInfo"];

/** An error of `BAErrorDomain`. The value of that constant is unverified (choice: its name). */
export function baError(name: BAErrorName, message: string, userInfo: UserInfo = {}): DownloadError {
  return { domain: "BAErrorDomain", code: baErrorCodes[name], name, message, underlying: null, userInfo };
}

/** An error of `NSURLErrorDomain`. That transport failures arrive in this domain is unverified (choice). */
export function urlError(
  name: URLErrorName,
  message: string,
  underlying: DownloadError | null = null,
  userInfo: UserInfo = {},
): DownloadError {
  return { domain: "NSURLErrorDomain", code: urlErrorCodes[name], name, message, underlying, userInfo };
}

/** Numbers of Darwin's `errno.h`: the machine of the simulator has its own, which an app never sees. */
const darwinErrno: Readonly<Record<string, number>> = {
  EACCES: 13,
  EDQUOT: 69,
  ECONNREFUSED: 61,
  ECONNRESET: 54,
  EHOSTUNREACH: 65,
  ENETDOWN: 50,
  ENETUNREACH: 51,
  ENOSPC: 28,
  EPIPE: 32,
  EROFS: 30,
  ETIMEDOUT: 60,
};

/** An error of `NSPOSIXErrorDomain`, or null when Darwin has no such code. */
export function posixError(name: string): DownloadError | null {
  const code = darwinErrno[name];
  return code === undefined
    ? null
    : { domain: "NSPOSIXErrorDomain", code, name, message: name, underlying: null, userInfo: {} };
}

/** Thrown to the app: the manager of the simulated system refused. */
export class SystemRefusal extends Error {
  /** What an app gets as `NSError`. */
  readonly error: DownloadError;

  constructor(error: DownloadError) {
    super(error.message);
    this.name = "SystemRefusal";
    this.error = error;
  }
}
