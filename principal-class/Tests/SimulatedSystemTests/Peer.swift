import BAMessages
@testable import BASimulatedSystem
import Foundation

/// The simulated system's end of the frames of a process.
final class Peer: Sendable {
  private let pipe = Pipe()
  let writer: FrameWriter
  let reader: FrameReader

  init() {
    writer = FrameWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    reader = FrameReader(descriptor: pipe.fileHandleForReading.fileDescriptor)
  }

  /// Waits for the next frame of the process.
  func next() async throws -> ExtensionChildFrame {
    let reader = reader
    guard case .frame(let json) = try await offThePool({ reader.next() }) else { throw NoFrame() }
    return try JSON.decode(ExtensionChildFrame.self, from: json)
  }

  /// Waits for a call of the process.
  func nextCall() async throws -> ExtensionChildFrame.SystemCall {
    guard case .systemCall(let call) = try await next() else { throw NoFrame() }
    return call
  }

  /// Waits for a reply of the process.
  func nextReply() async throws -> ExtensionChildFrame.Reply {
    guard case .reply(let reply) = try await next() else { throw NoFrame() }
    return reply
  }

  func put(_ bytes: [UInt8]) {
    pipe.fileHandleForWriting.write(Data(bytes))
  }

  func closeWriting() throws {
    try pipe.fileHandleForWriting.close()
  }

  func closeReading() throws {
    try pipe.fileHandleForReading.close()
  }

  struct NoFrame: Error {}
}

/// Does what waits on a thread of its own: the pool of Swift's tasks must not be blocked.
func offThePool<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
  }
}
