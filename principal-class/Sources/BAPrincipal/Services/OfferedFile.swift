internal import BAMessages
internal import Dispatch

/// A finished file while its handler runs. It can be claimed once; the first claim that succeeds counts.
final class OfferedFile: Sendable {
  let staged: StagedFile
  private let state = Locked(State())

  private struct State {
    var claim: Claim?
    var isKept = false
    var isBusy = false
    var waiting: [@Sendable () -> Void] = []
  }

  init(staged: StagedFile) {
    self.staged = staged
  }

  /// Where it was moved to, if it was.
  var claim: Claim? { state.withLock(\.claim) }
  /// The handler asked to be offered it again.
  var isKept: Bool { state.withLock(\.isKept) }
  /// Where it lies now.
  var path: String { claim?.path ?? staged.path }

  func keep() {
    state.withLock { $0.isKept = true }
  }

  /// Moves it out of staging.
  func claim(into target: String, of container: Container) throws(FileError) -> Claim {
    let claim = try container.claim(staged, into: target)
    state.withLock { $0.claim = claim }
    return claim
  }

  /// Throws when it has been claimed already.
  func refuseSecondClaim(_ container: Container) throws(GuestError) {
    guard let claim else { return }
    throw GuestError(
      code: "BA_FILE_ALREADY_MOVED",
      message: "\(nameOf(staged.download)) was moved to \(container.relative(claim.path)) already.",
      hint: "Move it once; storage.move() moves it again.")
  }

  /// Runs `work` on the loop, after everything that was to be done with the file before has been; `work` calls `done`,
  /// on any thread. So nobody reads from a place that the file is just leaving, and one claim waits for another.
  func inTurn(_ loop: DispatchQueue, _ work: @escaping @Sendable (_ done: @escaping @Sendable () -> Void) -> Void) {
    let run: @Sendable () -> Void = { work { self.turnEnded(loop) } }
    let isFree = state.withLock { state in
      if state.isBusy { state.waiting.append(run) }
      defer { state.isBusy = true }
      return !state.isBusy
    }
    if isFree { run() }
  }

  private func turnEnded(_ loop: DispatchQueue) {
    let next = state.withLock { state in
      guard state.waiting.isEmpty else { return Optional(state.waiting.removeFirst()) }
      state.isBusy = false
      return nil
    }
    if let next { loop.async(execute: next) }
  }
}

/// What an event can read.
enum ReadableFile: Sendable {
  case offered(OfferedFile)
  /// The manifest, or what was opened: an absolute path.
  case other(String)

  /// Where it lies now.
  var path: String {
    switch self {
    case .offered(let file): file.path
    case .other(let path): path
    }
  }

  /// See `OfferedFile.inTurn`. Other files do not move.
  func inTurn(_ loop: DispatchQueue, _ work: @escaping @Sendable (_ done: @escaping @Sendable () -> Void) -> Void) {
    switch self {
    case .offered(let file): file.inTurn(loop, work)
    case .other: work {}
    }
  }
}
