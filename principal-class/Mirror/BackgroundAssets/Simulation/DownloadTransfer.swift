internal import Foundation
public import FoundationNetworking

/// How the system is to fetch a `BAURLDownload`. A handle that came back from the system has none: the system keeps
/// what it was given.
@_spi(BASimulation)
public struct DownloadTransfer: Sendable, Equatable {
  public let request: URLRequest
  /// Nil: made with an initializer that has no size.
  public let fileSize: Int?
  public let applicationGroupIdentifier: String

  public init(request: URLRequest, fileSize: Int?, applicationGroupIdentifier: String) {
    self.request = request
    self.fileSize = fileSize
    self.applicationGroupIdentifier = applicationGroupIdentifier
  }

  /// On Linux a request decodes its parts without naming their classes, so the caller does.
  private static var classesOfRequests: [AnyClass] {
    [NSURLRequest.self, NSURL.self, NSString.self, NSDictionary.self, NSArray.self, NSNumber.self, NSData.self]
  }

  init?(coder: NSCoder) {
    guard
      let request = coder.decodeObject(of: Self.classesOfRequests, forKey: "request") as? NSURLRequest,
      let group = coder.decodeObject(of: NSString.self, forKey: "applicationGroupIdentifier")
    else { return nil }
    self.request = request as URLRequest
    fileSize = coder.decodeObject(of: NSNumber.self, forKey: "fileSize")?.intValue
    applicationGroupIdentifier = String(describing: group)
  }

  func encode(with coder: NSCoder) {
    coder.encode(request as NSURLRequest, forKey: "request")
    coder.encode(fileSize.map(NSNumber.init(value:)), forKey: "fileSize")
    coder.encode(NSString(string: applicationGroupIdentifier), forKey: "applicationGroupIdentifier")
  }
}
