package import BAMessages
internal import BAPrincipal
#if canImport(FoundationNetworking)
internal import Foundation
package import FoundationNetworking
#else
package import Foundation
#endif

extension URLRequest {
  /// The request that a message describes. Nil where its URL cannot be made or its cache policy is none, both of which
  /// the principal has checked before.
  package init?(_ record: RequestRecord) {
    guard let url = RequestURL.parse(record.url) else { return nil }
    self.init(url: url)
    if let method = record.method { httpMethod = method }
    // In order: of names that differ in case only, the same one wins each time.
    for (name, value) in (record.headers ?? [:]).sorted(by: { $0.key < $1.key }) {
      setValue(value, forHTTPHeaderField: name)
    }
    if let name = record.cachePolicy {
      guard let policy = cachePolicies.first(where: { $0.name == name })?.policy else { return nil }
      cachePolicy = policy
    }
    if let milliseconds = record.timeoutInterval { timeoutInterval = Double(milliseconds) / 1000 }
    if let isAllowed = record.allowsCellularAccess { allowsCellularAccess = isAllowed }
    if let isAllowed = record.allowsConstrainedNetworkAccess { allowsConstrainedNetworkAccess = isAllowed }
    if let isAllowed = record.allowsExpensiveNetworkAccess { allowsExpensiveNetworkAccess = isAllowed }
  }
}

extension RequestRecord {
  /// What a request says, as far as it differs from one that was made of its URL alone.
  package init(_ request: URLRequest) {
    self.init(url: request.url?.absoluteString ?? "")
    guard let url = request.url else { return }
    let plain = URLRequest(url: url)
    if request.httpMethod != plain.httpMethod { method = request.httpMethod }
    if let fields = request.allHTTPHeaderFields, !fields.isEmpty { headers = fields }
    if request.cachePolicy != plain.cachePolicy {
      cachePolicy = cachePolicies.first { $0.policy == request.cachePolicy }?.name
    }
    if request.timeoutInterval != plain.timeoutInterval {
      timeoutInterval = Int(exactly: (request.timeoutInterval * 1000).rounded()).map { max(0, $0) }
    }
    if request.allowsCellularAccess != plain.allowsCellularAccess {
      allowsCellularAccess = request.allowsCellularAccess
    }
    if request.allowsConstrainedNetworkAccess != plain.allowsConstrainedNetworkAccess {
      allowsConstrainedNetworkAccess = request.allowsConstrainedNetworkAccess
    }
    if request.allowsExpensiveNetworkAccess != plain.allowsExpensiveNetworkAccess {
      allowsExpensiveNetworkAccess = request.allowsExpensiveNetworkAccess
    }
  }
}

/// The names that messages have for `URLRequest.CachePolicy`.
private let cachePolicies: [(name: String, policy: URLRequest.CachePolicy)] = [
  ("useProtocolCachePolicy", .useProtocolCachePolicy),
  ("reloadIgnoringLocalCacheData", .reloadIgnoringLocalCacheData),
  ("reloadIgnoringLocalAndRemoteCacheData", .reloadIgnoringLocalAndRemoteCacheData),
  ("reloadRevalidatingCacheData", .reloadRevalidatingCacheData),
  ("returnCacheDataElseLoad", .returnCacheDataElseLoad),
  ("returnCacheDataDontLoad", .returnCacheDataDontLoad),
]
