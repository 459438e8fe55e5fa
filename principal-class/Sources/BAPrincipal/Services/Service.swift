internal import BAMessages

/// One host call: what it does, with arguments that it takes out itself. It throws a `GuestError`, a `FileError` or a
/// `WrongArgument`.
struct Service: Sendable {
  typealias Completion = @Sendable (Result<JSONValue, any Error>) -> Void

  enum Work: Sendable {
    /// On the loop, at once.
    case quick(@Sendable (StartedCall) throws -> JSONValue)
    /// Started on the loop. The completion is called once, from any thread, unless this throws.
    case waiting(@Sendable (StartedCall, @escaping Completion) throws -> Void)
  }

  let work: Work
  /// It changes nothing of ours, and may take as long as it likes: the end of the event does not wait for it.
  let isAbandoned: Bool

  static func quick(_ run: @escaping @Sendable (StartedCall) throws -> JSONValue) -> Service {
    Service(work: .quick(run), isAbandoned: false)
  }

  static func waiting(
    isAbandoned: Bool = false, _ start: @escaping @Sendable (StartedCall, @escaping Completion) throws -> Void
  ) -> Service {
    Service(work: .waiting(start), isAbandoned: isAbandoned)
  }
}

/// A host call that an open event takes.
struct StartedCall: Sendable {
  let calls: HostCalls
  /// The event that it counts to.
  let event: OpenEvent
  let arguments: Arguments

  var options: PrincipalOptions { calls.options }
  var container: Container { calls.container }

  /// The file that the event offers, by its token.
  func offeredFile() throws -> OfferedFile {
    guard case .offered(let file) = try readableFile() else { throw Self.notOffered }
    return file
  }

  /// A file that the event can read, by its token.
  func readableFile() throws -> ReadableFile {
    guard let file = calls.file(try arguments.string("token")) else { throw Self.notOffered }
    return file
  }

  private static let notOffered = GuestError(
    code: "BA_FILE_NOT_OFFERED",
    message: "This event offers no such file.",
    hint: "Use the file that the callback received or opened, before it returns.")
}

/// The table of host services: one entry for each name of `hostCallNames` in `src/protocol/guest.ts`.
let services: [String: Service] = [
  "file.moveTo": FileServices.moveTo,
  "file.keep": FileServices.keep,
  "file.copyTo": FileServices.copyTo,
  "file.sha256": FileServices.sha256,
  "storage.stat": StorageServices.stat,
  "storage.read": StorageServices.read,
  "storage.open": StorageServices.open,
  "storage.write": StorageServices.write,
  "storage.list": StorageServices.list,
  "storage.move": StorageServices.move,
  "storage.remove": StorageServices.remove,
  "storage.available": StorageServices.available,
  "storage.unclaimed": StorageServices.unclaimed,
  "settings.get": SettingsServices.get,
  "settings.set": SettingsServices.set,
  "settings.getJson": SettingsServices.getJson,
  "settings.setJson": SettingsServices.setJson,
  "downloadManager.schedule": ManagerServices.schedule,
  "downloadManager.cancel": ManagerServices.cancel,
  "downloadManager.currentDownloads": ManagerServices.currentDownloads,
  "downloadManager.acquireExclusiveControl": ManagerServices.acquireExclusiveControl,
  "downloadManager.releaseExclusiveControl": ManagerServices.releaseExclusiveControl,
  "native.call": NativeServices.call,
  "notify": NotifyServices.notify,
]
