import BAMessages
import BAPrincipal
import Foundation

/// The calls of this process to the simulated system, and who waits for their results.
final class SystemCalls: Sendable {
  /// Called once, on the thread that reads frames, which must not wait.
  typealias Completion = @Sendable (Result<JSONValue, DownloadError>) -> Void

  private struct State {
    var last = 0
    var waiting: [Int: Completion] = [:]
  }

  private let writer: FrameWriter
  private let state = Locked(State())

  init(writer: FrameWriter) {
    self.writer = writer
  }

  func send(_ call: SystemCall, completion: @escaping Completion) {
    let id = state.withLock { state in
      state.last += 1
      state.waiting[state.last] = completion
      return state.last
    }
    writer.write(.systemCall(.init(id: id, call: call)))
  }

  /// Waits for the value on the calling thread.
  func value(of call: SystemCall) throws(DownloadError) -> JSONValue {
    let isDone = DispatchSemaphore(value: 0)
    let answer = Locked<Result<JSONValue, DownloadError>>(.success(.null))
    send(call) { result in
      answer.withLock { $0 = result }
      isDone.signal()
    }
    isDone.wait()
    return try answer.withLock { $0 }.get()
  }

  /// A result that nobody waits for is dropped.
  func answer(_ result: ExtensionParentFrame.SystemResult) {
    let completion = state.withLock { $0.waiting.removeValue(forKey: result.id) }
    completion?(result.error.map { .failure($0) } ?? .success(result.value ?? .null))
  }
}
