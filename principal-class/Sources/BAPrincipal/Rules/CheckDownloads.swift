internal import BAMessages
internal import Foundation

/// The downloads of an answer that can be scheduled, and one error for each of the others.
struct CheckedDownloads {
  var valid: [URLDownload] = []
  var errors: [GuestError] = []
}

/// Checks an answer, independent of the guest: what passes here becomes a `BAURLDownload`, whose initializer traps. The
/// twin of `src/principal/check-downloads.ts`. URLs and headers, which may hold credentials, are not quoted.
func checkDownloads(_ downloads: [URLDownload], essentialAllowed: Bool) -> CheckedDownloads {
  var checked = CheckedDownloads()
  // Code by code: to `String` two texts are the same that JavaScript and `NSString` tell apart.
  var seen: Set<[UInt8]> = []
  for download in downloads {
    let name = "Download \(JSON.quoted(download.identifier))"
    if let rule = brokenRule(download) {
      checked.errors.append(GuestError(code: "BA_DOWNLOAD_INVALID", message: "\(name): \(rule)"))
    } else if seen.contains(Array(download.identifier.utf8)) {
      checked.errors.append(
        GuestError(code: "BA_DUPLICATE_IDENTIFIER", message: "\(name) is in the answer twice."))
    } else if download.essential && !essentialAllowed {
      checked.errors.append(
        GuestError(
          code: "BA_ESSENTIAL_NOT_ALLOWED",
          message: "\(name) is essential, which only install and update permit."))
    } else {
      checked.valid.append(download)
    }
    seen.insert(Array(download.identifier.utf8))
  }
  return checked
}

/// The rule of a single download that this one breaks, as a sentence, if it breaks one.
func brokenRule(_ download: URLDownload) -> String? {
  if download.identifier.isEmpty { return "`identifier` must be a non-empty string." }
  guard let url = RequestURL.parse(download.request.url) else {
    return "the URL of its `request` cannot be parsed."
  }
  if url.scheme?.lowercased() != "https" { return "the URL of its `request` must be an https: URL." }
  if (url.host ?? "").isEmpty { return "the URL of its `request` must have a host." }
  if !(0...maximumFileSize).contains(download.fileSize) {
    return "`fileSize` must be a whole number of bytes, from 0 to 2^53 − 1."
  }
  if download.essential && download.fileSize == 0 { return "an essential download must have its exact `fileSize`." }
  return brokenRule(download.request)
}

private func brokenRule(_ request: RequestRecord) -> String? {
  if let method = request.method, !isToken(method) { return "`method` must be the name of an HTTP method." }
  if let policy = request.cachePolicy, !cachePolicies.contains(policy) {
    return "`cachePolicy` must be one of \(cachePolicies.joined(separator: ", "))."
  }
  // In an order of its own, so that the same error is told each time.
  for (header, value) in (request.headers ?? [:]).sorted(by: { $0.key < $1.key }) {
    if !isToken(header) { return "\(JSON.quoted(header)) is no name of an HTTP header." }
    if value.unicodeScalars.contains(where: { "\r\n\0".unicodeScalars.contains($0) }) {
      return "the value of header \(header) must be one line."
    }
  }
  return nil
}

/// The numbers that JavaScript holds exactly.
private let maximumFileSize = (1 << 53) - 1

private let cachePolicies = [
  "useProtocolCachePolicy",
  "reloadIgnoringLocalCacheData",
  "reloadIgnoringLocalAndRemoteCacheData",
  "reloadRevalidatingCacheData",
  "returnCacheDataElseLoad",
  "returnCacheDataDontLoad",
]

/// `token` of RFC 9110, section 5.6.2.
private func isToken(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy(tokenCharacters.contains)
}

private let tokenCharacters = Set(
  "!#$%&'*+.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-".utf8)
