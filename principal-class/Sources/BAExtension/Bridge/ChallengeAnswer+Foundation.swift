package import BAMessages
#if canImport(FoundationNetworking)
internal import Foundation
package import FoundationNetworking
#else
package import Foundation
#endif

extension ChallengeAnswer {
  package var disposition: URLSession.AuthChallengeDisposition {
    switch self {
    case .useCredential: .useCredential
    case .performDefaultHandling: .performDefaultHandling
    case .cancelChallenge: .cancelAuthenticationChallenge
    case .rejectProtectionSpace: .rejectProtectionSpace
    }
  }

  package var credential: URLCredential? {
    guard case .useCredential(let credential) = self else { return nil }
    return URLCredential(
      user: credential.user,
      password: credential.password,
      persistence: URLCredential.Persistence(credential.persistence))
  }

  /// Nil for a credential that is no user with a password.
  package init?(_ disposition: URLSession.AuthChallengeDisposition, _ credential: URLCredential?) {
    switch disposition {
    case .useCredential:
      guard let credential, let user = credential.user, let password = credential.password else { return nil }
      self = .useCredential(
        credential: Credential(
          user: user, password: password, persistence: Credential.Persistence(credential.persistence)))
    case .performDefaultHandling: self = .performDefaultHandling
    case .cancelAuthenticationChallenge: self = .cancelChallenge
    case .rejectProtectionSpace: self = .rejectProtectionSpace
    @unknown default: return nil
    }
  }
}

extension URLCredential.Persistence {
  init(_ persistence: ChallengeAnswer.Credential.Persistence) {
    switch persistence {
    case .none: self = .none
    case .forSession: self = .forSession
    case .permanent: self = .permanent
    }
  }
}

extension ChallengeAnswer.Credential.Persistence {
  /// `synchronizable`, which no handler can ask for, is permanent and more.
  init(_ persistence: URLCredential.Persistence) {
    switch persistence {
    case .none: self = .none
    case .forSession: self = .forSession
    case .permanent, .synchronizable: self = .permanent
    @unknown default: self = .forSession
    }
  }
}
