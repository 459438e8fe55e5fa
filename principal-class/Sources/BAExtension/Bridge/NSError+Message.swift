package import BAMessages
package import Foundation

extension DownloadError {
  /// What an error of the system says.
  package init(_ error: any Error) {
    self.init(error as NSError, depth: 0)
  }

  private init(_ error: NSError, depth: Int) {
    let domain = ErrorNames.domain(of: error)
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? any Error
    self.init(
      domain: domain,
      code: error.code,
      name: ErrorNames.name(of: error.code, in: domain),
      message: error.localizedDescription,
      underlying: depth < maximumDepth
        ? underlying.map { Indirect(DownloadError($0 as NSError, depth: depth + 1)) } : nil,
      userInfo: ErrorUserInfo.message(from: error.userInfo))
  }
}

extension NSError {
  /// The error that a message describes: what it is made of comes back from `DownloadError(_:)`.
  package convenience init(_ error: DownloadError) {
    var userInfo = ErrorUserInfo.foundation(from: error.userInfo)
    userInfo[NSLocalizedDescriptionKey] = error.message
    userInfo[NSUnderlyingErrorKey] = error.underlying.map { NSError($0.value) }
    self.init(domain: ErrorNames.foundationDomain(error.domain), code: error.code, userInfo: userInfo)
  }
}

/// Errors under errors are followed this far. Chains are two or three long; one that has no end stays finite.
private let maximumDepth = 8
