#if canImport(FoundationNetworking)
internal import Foundation
internal import FoundationNetworking

// Foundation on Linux lacks these two. A simulated system must see them all the same, so they travel in a property that
// means something to browsers only, and that copying and archiving a request keep.
extension URLRequest {
  var allowsConstrainedNetworkAccess: Bool {
    get { !forbiddenNetworks.contains("constrained") }
    set { forbid("constrained", !newValue) }
  }

  var allowsExpensiveNetworkAccess: Bool {
    get { !forbiddenNetworks.contains("expensive") }
    set { forbid("expensive", !newValue) }
  }

  private static let scheme = "x-forbidden-networks"

  private var forbiddenNetworks: [String] {
    guard let url = mainDocumentURL, url.scheme == Self.scheme else { return [] }
    return url.absoluteString.dropFirst(Self.scheme.count + 1).split(separator: ",").map(String.init)
  }

  private mutating func forbid(_ network: String, _ isForbidden: Bool) {
    let networks = forbiddenNetworks.filter { $0 != network } + (isForbidden ? [network] : [])
    mainDocumentURL = networks.isEmpty ? nil : URL(string: "\(Self.scheme):\(networks.joined(separator: ","))")
  }
}
#endif
