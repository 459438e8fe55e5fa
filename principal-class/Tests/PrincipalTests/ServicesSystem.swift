import BAMessages
import BAPrincipal
import Dispatch

/// A system that records what it is asked. Its answers are what a test sets; requests for exclusive control it answers
/// itself.
final class ServicesSystem: SystemServices {
  struct Answers: Sendable {
    var schedule: DownloadError?
    var cancel: DownloadError?
    var currentDownloads: Result<[DownloadRecord], DownloadError> = .success([])
    /// Makes `schedule` wait until it is signalled.
    var gate: DispatchSemaphore?
  }

  /// A request for exclusive control.
  struct Request: Sendable {
    let before: Double?
    let answer: @Sendable (DownloadError?) -> Void
  }

  let answers = Locked(Answers())
  private let recorded = Locked<[String]>([])
  private let requests: AsyncStream<Request>
  private let asked: AsyncStream<Request>.Continuation

  init() {
    (requests, asked) = AsyncStream.makeStream(of: Request.self)
  }

  /// What was asked, in this order.
  var calls: [String] { recorded.withLock { $0 } }

  func record(_ call: String) {
    recorded.withLock { $0.append(call) }
  }

  /// Waits for the next request for exclusive control.
  func nextRequest() async -> Request? {
    for await request in requests { return request }
    return nil
  }

  func schedule(_ download: URLDownload) throws(DownloadError) -> DownloadRecord {
    record("schedule \(download.identifier)")
    answers.withLock { $0.gate }?.wait()
    if let refusal = answers.withLock({ $0.schedule }) { throw refusal }
    return DownloadRecord(
      kind: .url, identifier: download.identifier, uniqueIdentifier: "unique-\(download.identifier)",
      essential: download.essential, priority: download.priority, state: .created)
  }

  func cancel(uniqueIdentifier: String) throws(DownloadError) {
    record("cancel \(uniqueIdentifier)")
    if let refusal = answers.withLock({ $0.cancel }) { throw refusal }
  }

  func currentDownloads() throws(DownloadError) -> [DownloadRecord] {
    try answers.withLock { $0.currentDownloads }.get()
  }

  func acquireExclusiveControl(before: Double?, completion: @escaping @Sendable (DownloadError?) -> Void) {
    record("acquire")
    asked.yield(Request(before: before, answer: completion))
  }

  func releaseExclusiveControl() {
    record("release")
  }

  static func refusal(_ message: String, name: String? = nil) -> DownloadError {
    DownloadError(domain: "d", code: 1, name: name, message: message, underlying: nil, userInfo: [:])
  }
}
