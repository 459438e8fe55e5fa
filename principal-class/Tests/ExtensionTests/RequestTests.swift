import BAExtension
import BAMessages
import Foundation
import Testing
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct RequestTests {
  let url = "https://example.com/level.bin"

  @Test func onlyAnURL() throws {
    let request = try #require(URLRequest(RequestRecord(url: url)))
    #expect(request == URLRequest(url: try #require(URL(string: url))))
    #expect(RequestRecord(request) == RequestRecord(url: url))
  }

  @Test func everything() throws {
    let record = RequestRecord(
      url: url,
      method: "POST",
      headers: ["Accept": "a, b", "X-Empty": "", "X-Ümlaut": "ü"],
      cachePolicy: "returnCacheDataElseLoad",
      timeoutInterval: 1_500,
      allowsCellularAccess: false,
      allowsConstrainedNetworkAccess: false,
      allowsExpensiveNetworkAccess: false)
    let request = try #require(URLRequest(record))
    #expect(request.httpMethod == "POST")
    #expect(request.value(forHTTPHeaderField: "accept") == "a, b")
    #expect(request.cachePolicy == .returnCacheDataElseLoad)
    #expect(request.timeoutInterval == 1.5)
    #expect(!request.allowsCellularAccess)
    #expect(RequestRecord(request) == record)
  }

  /// On Linux these two are the bridge's own, since Foundation has none.
  @Test(arguments: [nil, true, false] as [Bool?], [nil, true, false] as [Bool?])
  func networkAccess(constrained: Bool?, expensive: Bool?) throws {
    let record = RequestRecord(
      url: url, allowsConstrainedNetworkAccess: constrained, allowsExpensiveNetworkAccess: expensive)
    var request = try #require(URLRequest(record))
    // A copy that changes keeps it.
    request.setValue("1", forHTTPHeaderField: "A")
    let back = RequestRecord(request)
    #expect(back.allowsConstrainedNetworkAccess == (constrained == false ? false : nil))
    #expect(back.allowsExpensiveNetworkAccess == (expensive == false ? false : nil))
  }

  @Test(arguments: [
    "useProtocolCachePolicy", "reloadIgnoringLocalCacheData", "reloadIgnoringLocalAndRemoteCacheData",
    "reloadRevalidatingCacheData", "returnCacheDataElseLoad", "returnCacheDataDontLoad",
  ])
  func cachePolicies(name: String) throws {
    let request = try #require(URLRequest(RequestRecord(url: url, cachePolicy: name)))
    // What every request has is not told.
    #expect(RequestRecord(request).cachePolicy == (name == "useProtocolCachePolicy" ? nil : name))
  }

  @Test(arguments: zip([0, 1, 999, 60_000, 86_400_000], [0, 1, 999, nil, 86_400_000]))
  func timeouts(milliseconds: Int, told: Int?) throws {
    let request = try #require(URLRequest(RequestRecord(url: url, timeoutInterval: milliseconds)))
    #expect(request.timeoutInterval == Double(milliseconds) / 1000)
    #expect(RequestRecord(request).timeoutInterval == told)
  }

  @Test(arguments: [Double.infinity, .nan, 1e300]) func timeoutsWithoutANumber(seconds: Double) throws {
    var request = try #require(URLRequest(RequestRecord(url: url)))
    request.timeoutInterval = seconds
    #expect(RequestRecord(request).timeoutInterval == nil)
    request.timeoutInterval = -1
    #expect(RequestRecord(request).timeoutInterval == 0)
  }

  @Test func whatJavaScriptSetsWithoutNeed() throws {
    let request = try #require(
      URLRequest(RequestRecord(url: url, method: "GET", headers: [:], allowsCellularAccess: true)))
    #expect(RequestRecord(request) == RequestRecord(url: url))
  }

  /// Of names that differ in case only, the same one wins each time.
  @Test func namesOfHeaders() throws {
    let headers = ["ACCEPT": "upper", "Accept": "both", "accept": "lower"]
    let request = try #require(URLRequest(RequestRecord(url: url, headers: headers)))
    #expect(request.value(forHTTPHeaderField: "Accept") == "lower")
  }

  // What Foundation refuses before iOS 17 and macOS 14.
  @Test(arguments: [
    ("https://example.com/Straße/a b", "https://example.com/Stra%C3%9Fe/a%20b"),
    ("https://example.com/a|b{c}^`\"<>\\", "https://example.com/a%7Cb%7Bc%7D%5E%60%22%3C%3E%5C"),
    ("https://example.com/[1]?q=[2]", "https://example.com/%5B1%5D?q=%5B2%5D"),
    ("https://example.com/%41%zz%4?x=%", "https://example.com/%41%25zz%254?x=%25"),
    ("https://example.com?q=日本", "https://example.com?q=%E6%97%A5%E6%9C%AC"),
    ("https://example.com/😀#ü", "https://example.com/%F0%9F%98%80#%C3%BC"),
    ("https://example.com:8443/?a=1&b=c+d", "https://example.com:8443/?a=1&b=c+d"),
    ("https://[::1]:443/a", "https://[::1]:443/a"),
  ])
  func urls(given: String, expected: String) {
    #expect(URLRequest(RequestRecord(url: given))?.url?.absoluteString == expected)
  }

  @Test(arguments: [
    "", "level.bin", "/level.bin", "https:", "https://[::1", "https://example.com:99999/", "https://a b/",
  ])
  func noURLs(given: String) {
    #expect(URLRequest(RequestRecord(url: given)) == nil)
  }

  @Test func noCachePolicy() {
    #expect(URLRequest(RequestRecord(url: url, cachePolicy: "sometimes")) == nil)
  }
}
