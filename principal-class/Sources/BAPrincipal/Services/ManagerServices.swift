internal import BAMessages

/// `BADownloadManager`: the system's part is asked for, the principal's table is kept.
enum ManagerServices {
  static let schedule = Service.waiting { call, completion in
    let wanted = try WantedDownload(call.arguments)
    let name = JSON.quoted(wanted.identifier)
    if !call.calls.schedules { throw systemRefused("schedule \(name)", refusedInDownloads) }
    onManager(call, completion) {
      let download = try wanted.download(call)
      if let rule = brokenRule(download) {
        throw GuestError(code: "BA_DOWNLOAD_INVALID", message: "Download \(name): \(rule)")
      }
      let system = call.options.system
      let record = try asked("schedule \(name)") { () throws(DownloadError) in try system.schedule(download) }
      try call.container.rememberDownloads([(download, record.uniqueIdentifier)], now: call.options.now())
      return try json(record)
    }
  }

  static let cancel = Service.waiting { call, completion in
    let unique = try call.arguments.string("uniqueIdentifier")
    let system = call.options.system
    onManager(call, completion) {
      // The table is keyed by identifier, which the system can tell only while it has the download.
      let download = try? system.currentDownloads().first { $0.uniqueIdentifier == unique }
      try asked("cancel download \(unique)") { () throws(DownloadError) in try system.cancel(uniqueIdentifier: unique) }
      if let download { try call.container.forgetDownload(download, since: .infinity) }
      return .null
    }
  }

  static let currentDownloads = Service.waiting { call, completion in
    onManager(call, completion) {
      try json(
        asked("tell the current downloads") { () throws(DownloadError) in try call.options.system.currentDownloads() })
    }
  }

  static let acquireExclusiveControl = Service.waiting { call, completion in
    call.calls.control.acquire(before: try call.arguments.optionalNumber("before")) { error in
      completion(error.map { .failure($0) } ?? .success(.null))
    }
  }

  static let releaseExclusiveControl = Service.waiting { call, completion in
    call.calls.control.release { completion(.success(.null)) }
  }

  /// What the system's manager is asked may wait, and one call is asked after another.
  private static func onManager(
    _ call: StartedCall, _ completion: @escaping Service.Completion, _ work: @escaping @Sendable () throws -> JSONValue
  ) {
    call.calls.manager.async { completion(Result(catching: work)) }
  }

  /// - Parameter what: is refused, for example `cancel …`.
  private static func asked<Answer>(
    _ what: String, _ ask: () throws(DownloadError) -> Answer
  ) throws(GuestError) -> Answer {
    do {
      return try ask()
    } catch {
      throw systemRefused(what, error)
    }
  }

  /// The system's refusal as the handler hears it.
  private static func systemRefused(_ what: String, _ error: DownloadError) -> GuestError {
    let name = error.name ?? "\(error.domain) \(error.code)"
    return GuestError(
      code: "BA_SYSTEM_REFUSED",
      message: "The system refused to \(what) (\(name)): \(error.message)",
      systemError: error)
  }

  /// Choice: Apple states that the call is refused, not with which code.
  private static let refusedInDownloads = DownloadError(
    domain: "BAErrorDomain",
    code: 50,
    name: "callFromExtensionNotAllowed",
    message: "Nothing can be scheduled before `downloads` has returned: its answer holds everything to schedule.",
    underlying: nil,
    userInfo: [:])

  private static func json(_ value: some Encodable) throws -> JSONValue {
    try JSON.decode(JSONValue.self, from: JSON.encode(value))
  }
}
