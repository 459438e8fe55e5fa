/** `BAErrorCode`. */
export type BAErrorName =
  | "downloadInvalid"
  | "callFromExtensionNotAllowed"
  | "callFromInactiveProcessNotAllowed"
  | "callerConnectionNotAccepted"
  | "callerConnectionInvalid"
  | "downloadAlreadyScheduled"
  | "downloadNotScheduled"
  | "downloadFailedToStart"
  | "downloadAlreadyFailed"
  | "downloadEssentialDownloadNotPermitted"
  | "downloadBackgroundActivityProhibited"
  | "downloadWouldExceedAllowance"
  | "downloadDoesNotExist"
  | "sessionDownloadDisallowedByDomain"
  | "sessionDownloadDisallowedByAllowance"
  | "sessionDownloadAllowanceExceeded"
  | "sessionDownloadNotPermittedBeforeAppLaunch";

/** `URLError.Code`, as far as loading a file leads to it. */
export type URLErrorName =
  | "unknown"
  | "cancelled"
  | "badURL"
  | "timedOut"
  | "unsupportedURL"
  | "cannotFindHost"
  | "cannotConnectToHost"
  | "networkConnectionLost"
  | "httpTooManyRedirects"
  | "notConnectedToInternet"
  | "badServerResponse"
  | "userAuthenticationRequired"
  | "cannotDecodeContentData"
  | "cannotParseResponse"
  | "appTransportSecurityRequiresSecureConnection"
  | "secureConnectionFailed"
  | "serverCertificateUntrusted"
  | "cannotCreateFile"
  | "cannotWriteToFile";

/** Names of documented codes; others, such as those of `NSPOSIXErrorDomain`, are texts. */
export type ErrorName = BAErrorName | URLErrorName | (string & {});
