import Foundation

/// Foundation on Linux has no XPC. The name is needed in `accept(connection:)` only, and nothing calls that here.
open class NSXPCConnection: NSObject, @unchecked Sendable {
  private override init() {
    super.init()
  }
}
