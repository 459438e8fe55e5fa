internal import Glibc

/// An open file: the part of System's `FileDescriptor` that Background Assets and its callers use.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct FileDescriptor: RawRepresentable, Hashable, Codable, Sendable {
  /// The number of the descriptor in this process.
  public let rawValue: CInt

  public init(rawValue: CInt) {
    self.rawValue = rawValue
  }

  /// How a file is opened.
  @frozen
  public struct AccessMode: RawRepresentable, Hashable, Codable, Sendable {
    public var rawValue: CInt

    public init(rawValue: CInt) {
      self.rawValue = rawValue
    }

    public static var readOnly: AccessMode { AccessMode(rawValue: 0) }
    public static var writeOnly: AccessMode { AccessMode(rawValue: 1) }
    public static var readWrite: AccessMode { AccessMode(rawValue: 2) }
  }

  /// Opens an existing file.
  public static func open(
    _ path: FilePath, _ mode: AccessMode, retryOnInterrupt: Bool = true
  ) throws -> FileDescriptor {
    FileDescriptor(
      rawValue: try retrying(retryOnInterrupt) { Glibc.open(path.string, mode.rawValue | O_CLOEXEC) })
  }

  /// Closes the file; whoever opened it does.
  public func close() throws {
    // Not repeated: on Linux the descriptor is gone even when the call was interrupted.
    _ = try retrying(false) { Glibc.close(rawValue) }
  }

  /// Reads at the current position; 0 at the end of the file.
  public func read(into buffer: UnsafeMutableRawBufferPointer, retryOnInterrupt: Bool = true) throws -> Int {
    try retrying(retryOnInterrupt) { Glibc.read(rawValue, buffer.baseAddress, buffer.count) }
  }

  /// Calls the body, then closes the file.
  public func closeAfter<R>(_ body: () throws -> R) throws -> R {
    let result: R
    do {
      result = try body()
    } catch {
      try? close()
      throw error
    }
    try close()
    return result
  }
}

private func retrying<Result: FixedWidthInteger>(_ retry: Bool, _ call: () -> Result) throws -> Result {
  while true {
    let result = call()
    if result != -1 { return result }
    let error = Errno(rawValue: errno)
    if !retry || error != .interrupted { throw error }
  }
}
