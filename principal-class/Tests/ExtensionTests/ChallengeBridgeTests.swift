import BAExtension
import BAMessages
import Foundation
import Testing
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct ChallengeBridgeTests {
  @Test func fields() {
    #expect(
      Challenge(challenge(previousFailureCount: 2))
        == Challenge(
          protectionSpace: Challenge.ProtectionSpace(
            host: "example.com", port: 443, protocol: "https", realm: "Assets", method: .httpBasic,
            rawMethod: "NSURLAuthenticationMethodHTTPBasic", isProxy: false, receivesCredentialSecurely: true),
          previousFailureCount: 2))
    let bare = Challenge(challenge(realm: nil, previousFailureCount: -1))
    #expect(bare.protectionSpace.realm == nil && bare.previousFailureCount == 0)
  }

  /// Two of the constants cannot be used on Linux, so their values are written out here.
  @Test(arguments: [
    (NSURLAuthenticationMethodHTTPBasic, Challenge.ProtectionSpace.Method.httpBasic),
    (NSURLAuthenticationMethodHTTPDigest, .httpDigest),
    (NSURLAuthenticationMethodNTLM, .ntlm),
    (NSURLAuthenticationMethodNegotiate, .negotiate),
    ("NSURLAuthenticationMethodServerTrust", .serverTrust),
    ("NSURLAuthenticationMethodClientCertificate", .clientCertificate),
    (NSURLAuthenticationMethodHTMLForm, .unknown),
    (NSURLAuthenticationMethodDefault, .unknown),
    ("NSURLAuthenticationMethodOfTheFuture", .unknown),
  ])
  func methods(name: String, method: Challenge.ProtectionSpace.Method) {
    let space = Challenge(challenge(method: name)).protectionSpace
    #expect(space.method == method && space.rawMethod == name)
  }

  @Test func credentials() throws {
    for persistence in ChallengeAnswer.Credential.Persistence.allCases {
      let answer = ChallengeAnswer.useCredential(
        credential: .init(user: "ü ser", password: "p:\"\\\n", persistence: persistence))
      #expect(answer.disposition == .useCredential)
      let credential = try #require(answer.credential)
      #expect(credential.user == "ü ser" && credential.password == "p:\"\\\n")
      #expect(ChallengeAnswer(answer.disposition, credential) == answer)
    }
  }

  @Test(arguments: [
    (ChallengeAnswer.performDefaultHandling, URLSession.AuthChallengeDisposition.performDefaultHandling),
    (.cancelChallenge, .cancelAuthenticationChallenge),
    (.rejectProtectionSpace, .rejectProtectionSpace),
  ])
  func dispositions(answer: ChallengeAnswer, disposition: URLSession.AuthChallengeDisposition) {
    #expect(answer.disposition == disposition && answer.credential == nil)
    #expect(ChallengeAnswer(disposition, nil) == answer)
  }

  /// A credential of a certificate is an answer, but none that a handler can give.
  @Test func aCredentialThatIsNone() {
    #expect(ChallengeAnswer(.useCredential, nil) == nil)
  }
}
