internal import BAMessages

/// One message of the system while it is answered.
struct Call {
  let principal: Principal
  let message: SystemMessage
  private(set) var observed: Observations

  private var container: Container { principal.container }
  private var configuration: ExtensionConfiguration { principal.options.configuration }
  private var callback: Callback { message.callback }

  init(principal: Principal, message: SystemMessage) {
    self.principal = principal
    self.message = message
    observed = Observations(mode: principal.options.configuration.mode)
  }

  mutating func reply() -> PrincipalReply {
    do throws(FileError) {
      return try replyWithFiles()
    } catch {
      // The volume, not the handler: nothing can be staged or remembered.
      observed.diagnose(
        GuestError(
          code: "BA_CONTAINER_FAILED",
          message: "\(callback.rawValue): the container of the app group cannot be used (\(error.name)).",
          hint: "Check that the app group is in the entitlements of app and extension, and that the volume has room."),
        callback)
      return native(policyAnswer(callback, configuration.policies), .failed)
    }
  }

  private mutating func replyWithFiles() throws(FileError) -> PrincipalReply {
    try Files.makeFolder(container.path)
    let own = message.finishedDownload.map { container.stagingPath($0.uniqueIdentifier) }
    let leftovers = try takeLeftovers(besides: own)
    defer {
      let paths = leftovers.kept.map(\.path) + (own.map { [$0] } ?? [])
      principal.offered.withLock { $0.subtract(paths) }
    }
    for sidecar in leftovers.purged {
      let name = JSON.quoted(sidecar.download.identifier)
      let text = "The file of download \(name) is gone from staging: the system has purged it."
      observed.diagnose(GuestError(code: "BA_FILE_PURGED", message: text), .downloadFinished, .info)
    }
    switch container.prepare(message, now: principal.options.now()) {
    case .ready(let event, let file):
      return try answer(event, file, leftovers.kept)
    case .impossible(let error):
      observed.diagnose(error, callback)
      return native(policyAnswer(callback, configuration.policies), .failed)
    case .settled(let outcome, let settled):
      observed.note(settled.note, callback)
      return native(nativeAnswer(callback), outcome, file: settled.file)
    }
  }

  /// What earlier calls left, taken by this one alone.
  private func takeLeftovers(besides own: String?) throws(FileError) -> Leftovers {
    let container = container
    let clearsUp = message.clearsUp
    let result = principal.offered.withLock { offered -> Result<Leftovers, FileError> in
      if let own { offered.insert(own) }
      guard clearsUp else { return .success(Leftovers(kept: [], purged: [])) }
      do throws(FileError) {
        let leftovers = try container.clearUp(except: own, isOffered: offered.contains)
        offered.formUnion(leftovers.kept.map(\.path))
        return .success(leftovers)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Has the handler answer, and before it take every file that is to be offered again.
  private mutating func answer(
    _ event: GuestEvent, _ file: StagedFile?, _ kept: [Offerable]
  ) throws(FileError) -> PrincipalReply {
    if callback == .didReceiveChallenge { principal.log.hold() }
    var secrets: [String] = []
    defer { if callback == .didReceiveChallenge { principal.log.release(secrets: secrets) } }

    let judge = Judge(configuration: configuration)
    var reoffers = Reoffers(principal: principal, judge: judge, message: message)
    let run: PlayedEvent
    switch principal.guest.get() {
    case .failure(let failure): run = PlayedEvent(run: EventRun(end: .notLoaded(failure)))
    case .success(let guest):
      if let died = try reoffers.play(kept, guest) {
        run = PlayedEvent(run: EventRun(end: .notReached(died)))
      } else {
        run = principal.play(event, file, guest, during: message)
      }
    }
    reoffers.tell(&observed)
    secrets = secretsIn(run.run.value)
    let verdict = judge.verdict(on: event, run.run)
    observed.judged(verdict, callback)
    if case .downloads(let downloads) = verdict.answer {
      try container.rememberDownloads(downloads.map { ($0, nil) }, now: principal.options.now())
    }
    var settled: Settlement?
    if let file {
      settled = try container.settle(file, outcome: verdict.outcome, claim: run.claim, kept: run.kept)
      observed.note(settled?.note, callback)
    }
    return PrincipalReply(
      answer: verdict.answer,
      outcome: verdict.outcome,
      durationMs: run.run.durationMs,
      file: settled?.file,
      reoffered: reoffers.replies,
      notifications: (reoffers.notifications + run.notifications).map { redact($0, secrets) },
      observations: observed.redacted(secrets))
  }

  private func native(_ answer: SystemAnswer, _ outcome: Outcome, file: SettledFile? = nil) -> PrincipalReply {
    PrincipalReply(answer: answer, outcome: outcome, file: file, observations: observed.all)
  }
}

extension SystemMessage {
  fileprivate var finishedDownload: DownloadRecord? {
    guard case .downloadFinished(let message) = self else { return nil }
    return message.download
  }
}
