import BAMessages
import Foundation
import FoundationNetworking

extension URLAuthenticationChallenge {
  /// A challenge as the extension gets it. Its sender does nothing: the answer is what the extension returns.
  convenience init(_ challenge: Challenge) {
    let given = challenge.protectionSpace
    let space =
      given.isProxy
      ? URLProtectionSpace(
        proxyHost: given.host, port: given.port, type: given.protocol, realm: given.realm,
        authenticationMethod: given.rawMethod)
      : URLProtectionSpace(
        host: given.host, port: given.port, protocol: given.protocol, realm: given.realm,
        authenticationMethod: given.rawMethod)
    self.init(
      protectionSpace: space, proposedCredential: nil, previousFailureCount: challenge.previousFailureCount,
      failureResponse: nil, error: nil, sender: UnusedSender())
  }
}

private final class UnusedSender: NSObject, URLAuthenticationChallengeSender, Sendable {
  func use(_ credential: URLCredential, for challenge: URLAuthenticationChallenge) {}
  func continueWithoutCredential(for challenge: URLAuthenticationChallenge) {}
  func cancel(_ challenge: URLAuthenticationChallenge) {}
  func performDefaultHandling(for challenge: URLAuthenticationChallenge) {}
  func rejectProtectionSpaceAndContinue(with challenge: URLAuthenticationChallenge) {}
}
