import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

func challenge(
  host: String = "example.com",
  method: String? = NSURLAuthenticationMethodHTTPBasic,
  realm: String? = "Assets",
  previousFailureCount: Int = 0
) -> URLAuthenticationChallenge {
  URLAuthenticationChallenge(
    protectionSpace: URLProtectionSpace(
      host: host, port: 443, protocol: "https", realm: realm, authenticationMethod: method),
    proposedCredential: nil, previousFailureCount: previousFailureCount, failureResponse: nil, error: nil,
    sender: NoSender())
}

private final class NoSender: NSObject, URLAuthenticationChallengeSender, @unchecked Sendable {
  func use(_ credential: URLCredential, for challenge: URLAuthenticationChallenge) {}
  func continueWithoutCredential(for challenge: URLAuthenticationChallenge) {}
  func cancel(_ challenge: URLAuthenticationChallenge) {}
  func performDefaultHandling(for challenge: URLAuthenticationChallenge) {}
  func rejectProtectionSpaceAndContinue(with challenge: URLAuthenticationChallenge) {}
}
