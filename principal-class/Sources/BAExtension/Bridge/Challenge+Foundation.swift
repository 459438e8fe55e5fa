package import BAMessages
#if canImport(FoundationNetworking)
internal import Foundation
package import FoundationNetworking
#else
package import Foundation
#endif

extension Challenge {
  /// What a server asks for. The trust, the distinguished names and the proposed credential stay behind: keys and
  /// passwords do not enter JavaScript.
  package init(_ challenge: URLAuthenticationChallenge) {
    self.init(
      protectionSpace: ProtectionSpace(challenge.protectionSpace),
      previousFailureCount: max(0, challenge.previousFailureCount))
  }
}

extension Challenge.ProtectionSpace {
  init(_ space: URLProtectionSpace) {
    self.init(
      host: space.host,
      port: space.port,
      protocol: space.protocol ?? "",
      realm: space.realm,
      method: Method(named: space.authenticationMethod),
      rawMethod: space.authenticationMethod,
      isProxy: space.isProxy(),
      receivesCredentialSecurely: space.receivesCredentialSecurely)
  }
}

extension Challenge.ProtectionSpace.Method {
  /// By the constants' values, which are their names: on Linux two of the constants cannot be used.
  init(named name: String) {
    switch name {
    case "NSURLAuthenticationMethodHTTPBasic": self = .httpBasic
    case "NSURLAuthenticationMethodHTTPDigest": self = .httpDigest
    case "NSURLAuthenticationMethodNTLM": self = .ntlm
    case "NSURLAuthenticationMethodNegotiate": self = .negotiate
    case "NSURLAuthenticationMethodServerTrust": self = .serverTrust
    case "NSURLAuthenticationMethodClientCertificate": self = .clientCertificate
    default: self = .unknown
    }
  }
}
