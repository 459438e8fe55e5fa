internal import BAMessages

/// The files of earlier calls that are offered again before a message's own event.
struct Reoffers {
  let principal: Principal
  let judge: Judge
  let message: SystemMessage
  private(set) var replies: [ReofferedFile] = []
  private(set) var notifications: [String] = []
  private var told: [(identifier: String, verdict: Verdict, note: Note?)] = []

  init(principal: Principal, judge: Judge, message: SystemMessage) {
    self.principal = principal
    self.judge = judge
    self.message = message
  }

  /// Offers them one after another, the oldest first. Returns why the guest cannot be sent anything more, if it cannot.
  mutating func play(_ kept: [Offerable], _ guest: any Guest) throws(FileError) -> String? {
    let container = principal.container
    for one in kept {
      let file = container.offer(one)
      let event = Container.finishedEvent(file)
      let played = principal.play(event, file, guest, during: message)
      let verdict = judge.verdict(on: event, played.run)
      let settled = try container.settle(file, outcome: verdict.outcome, claim: played.claim, kept: played.kept)
      let identifier = file.download.identifier
      replies.append(
        ReofferedFile(
          identifier: identifier, attempt: file.attempt, outcome: verdict.outcome, durationMs: played.run.durationMs,
          file: settled.file))
      notifications += played.notifications
      told.append((identifier, verdict, settled.note))
      guard case .dispatched(.answered) = played.run.end else {
        return "the engine had ended while the file of download \(JSON.quoted(identifier)) was offered again."
      }
    }
    return nil
  }

  func tell(_ observed: inout Observations) {
    for (identifier, verdict, note) in told {
      observed.judged(verdict, .downloadFinished, which: ", which was offered \(JSON.quoted(identifier)) again")
      observed.note(note, .downloadFinished)
    }
  }
}
