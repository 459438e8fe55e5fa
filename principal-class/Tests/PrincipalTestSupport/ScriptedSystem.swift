package import BAMessages
internal import BAPrincipal

/// Plays the system's services of a vector, and records the calls; a control that is not held is not given back.
package final class ScriptedSystem: SystemServices {
  package struct Script: Decodable, Sendable {
    var currentDownloads: [DownloadRecord]?
    /// In the order of the calls: a download, or an error.
    var schedule: [JSONValue]?
    /// null, or an error.
    var cancel: [JSONValue]?
    /// `"granted"`, `"never"`, or an error.
    var acquireExclusiveControl: [JSONValue]?
  }

  private struct State {
    var script: Script
    var calls: [JSONValue] = []
    var isHeld = false
  }

  private let state: Locked<State>

  package init(_ script: Script?) {
    state = Locked(State(script: script ?? Script()))
  }

  package var calls: [JSONValue] { state.withLock(\.calls) }

  /// Answers that nobody asked for. Whether a request that is never answered comes before the end, is chance.
  package var unanswered: Int {
    state.withLock { state in
      let script = state.script
      return [script.schedule, script.cancel, script.acquireExclusiveControl]
        .flatMap { $0 ?? [] }.count { $0 != .string("never") }
    }
  }

  package func schedule(_ download: URLDownload) throws(DownloadError) -> DownloadRecord {
    let answer = next(\.schedule, call: .object(["schedule": json(download)]))
    guard let record = try? Self.decode(DownloadRecord.self, answer) else { throw Self.error(answer) }
    return record
  }

  package func cancel(uniqueIdentifier: String) throws(DownloadError) {
    let answer = next(\.cancel, call: .object(["cancel": .string(uniqueIdentifier)]))
    if answer != .null { throw Self.error(answer) }
  }

  package func currentDownloads() throws(DownloadError) -> [DownloadRecord] {
    state.withLock(\.script.currentDownloads) ?? []
  }

  package func acquireExclusiveControl(
    before: Double?, completion: @escaping @Sendable (DownloadError?) -> Void
  ) {
    let before = before.map { JSONValue.number($0) } ?? .null
    let answer = next(
      \.acquireExclusiveControl, call: .object(["acquireExclusiveControl": .object(["before": before])]))
    switch answer {
    case .string("never"): break
    case .string("granted"):
      state.withLock { $0.isHeld = true }
      completion(nil)
    default: completion(Self.error(answer))
    }
  }

  package func releaseExclusiveControl() {
    state.withLock { state in
      if state.isHeld { state.calls.append(.object(["releaseExclusiveControl": .object([:])])) }
      state.isHeld = false
    }
  }

  /// The next answer of the script. A call more than it has is an error that no vector expects.
  private func next(_ answers: any WritableKeyPath<Script, [JSONValue]?> & Sendable, call: JSONValue) -> JSONValue {
    state.withLock { state in
      state.calls.append(call)
      guard let first = state.script[keyPath: answers]?.first else {
        return .object(["message": .string("The vector has no answer of the system to this call.")])
      }
      state.script[keyPath: answers]?.removeFirst()
      return first
    }
  }

  private static func error(_ answer: JSONValue) -> DownloadError {
    if let error = try? decode(DownloadError.self, answer) { return error }
    let message = answer["message"]?.string ?? "The vector's answer is no error."
    return DownloadError(domain: "Vector", code: 0, name: nil, message: message, underlying: nil, userInfo: [:])
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ json: JSONValue) throws -> Value {
    try JSON.decode(type, from: JSON.encode(json))
  }
}
