internal import BackgroundAssets
internal import Foundation

/// The domains and the documented names of codes, as `src/sdk/error-names.ts` and the simulator know them.
enum ErrorNames {
  /// The value of the constant `BAErrorDomain` is published nowhere. Handlers compare with this text, whatever it is.
  private static let backgroundAssets = "BAErrorDomain"

  /// The domain as handlers hear it.
  static func domain(of error: NSError) -> String {
    error.domain == foundationDomain(backgroundAssets) ? backgroundAssets : error.domain
  }

  /// The domain as Foundation has it.
  static func foundationDomain(_ domain: String) -> String {
    guard domain == backgroundAssets, #available(macOS 14, iOS 17, *) else { return domain }
    return BAErrorDomain
  }

  static func name(of code: Int, in domain: String) -> String? {
    switch domain {
    case backgroundAssets: backgroundAssetsNames[code]
    case NSURLErrorDomain: urlNames[code]
    case NSPOSIXErrorDomain: posixNames[code]
    default: nil
    }
  }

  /// `BAErrorCode`, which macOS 13 and iOS 16 use without having it.
  static let backgroundAssetsNames = [
    0: "downloadInvalid",
    50: "callFromExtensionNotAllowed",
    51: "callFromInactiveProcessNotAllowed",
    55: "callerConnectionNotAccepted",
    56: "callerConnectionInvalid",
    100: "downloadAlreadyScheduled",
    101: "downloadNotScheduled",
    102: "downloadFailedToStart",
    103: "downloadAlreadyFailed",
    109: "downloadEssentialDownloadNotPermitted",
    111: "downloadBackgroundActivityProhibited",
    112: "downloadWouldExceedAllowance",
    113: "downloadDoesNotExist",
    202: "sessionDownloadDisallowedByDomain",
    203: "sessionDownloadDisallowedByAllowance",
    204: "sessionDownloadAllowanceExceeded",
    206: "sessionDownloadNotPermittedBeforeAppLaunch",
  ]

  /// `URLError.Code`, as far as loading a file leads to it.
  static let urlNames = [
    -1: "unknown",
    -999: "cancelled",
    -1000: "badURL",
    -1001: "timedOut",
    -1002: "unsupportedURL",
    -1003: "cannotFindHost",
    -1004: "cannotConnectToHost",
    -1005: "networkConnectionLost",
    -1007: "httpTooManyRedirects",
    -1009: "notConnectedToInternet",
    -1011: "badServerResponse",
    -1013: "userAuthenticationRequired",
    -1016: "cannotDecodeContentData",
    -1017: "cannotParseResponse",
    -1022: "appTransportSecurityRequiresSecureConnection",
    -1200: "secureConnectionFailed",
    -1202: "serverCertificateUntrusted",
    -3000: "cannotCreateFile",
    -3003: "cannotWriteToFile",
  ]

  /// Darwin's `errno.h`, which a simulated system on another kernel speaks, too.
  static let posixNames = [
    11: "EDEADLK",
    13: "EACCES",
    28: "ENOSPC",
    30: "EROFS",
    32: "EPIPE",
    35: "EAGAIN",
    50: "ENETDOWN",
    51: "ENETUNREACH",
    54: "ECONNRESET",
    60: "ETIMEDOUT",
    61: "ECONNREFUSED",
    65: "EHOSTUNREACH",
    69: "EDQUOT",
  ]
}
