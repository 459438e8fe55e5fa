internal import BAMessages

/// The finished file, which its handler can claim once, or keep for later; and what can be done with every file that an
/// event can read: its own, and those that it has opened.
enum FileServices {
  /// Claims the finished file: one rename out of staging. The first call that succeeds counts.
  static let moveTo = Service.waiting { call, completion in
    let placed = try call.arguments.placedPath()
    _ = try call.arguments.string("token")
    let isExclusive = try call.arguments.optionalBool("exclusive") ?? false
    let file = try call.offeredFile()
    file.inTurn(call.calls.loop) { done in
      let end: Service.Completion = { result in
        done()
        completion(result)
      }
      do {
        try file.refuseSecondClaim(call.container)
        let target = try call.container.resolve(placed)
        let claim: @Sendable () throws -> Claim = { try file.claim(into: target, of: call.container) }
        guard isExclusive else { return try moved(claim(), call, end) }
        call.calls.control.around(call.event, claim) { result in
          switch result {
          case .success(let claim): moved(claim, call, end)
          case .failure(let error): end(.failure(error))
          }
        }
      } catch {
        end(.failure(error))
      }
    }
  }

  /// Not on the loop: a simulated system may strike at the checkpoint.
  private static func moved(_ claim: Claim, _ call: StartedCall, _ end: @escaping Service.Completion) {
    call.calls.contents.async {
      call.options.checkpoint("moveTo")
      end(.success(place(claim.path, call)))
    }
  }

  /// Leaves the finished file in staging, to be offered again.
  static let keep = Service.waiting { call, completion in
    let file = try call.offeredFile()
    file.inTurn(call.calls.loop) { done in
      let result = Result<JSONValue, any Error> {
        try file.refuseSecondClaim(call.container)
        file.keep()
        return .null
      }
      done()
      completion(result)
    }
  }

  static let copyTo = Service.waiting { call, completion in
    let placed = try call.arguments.placedPath()
    let file = try call.readableFile()
    file.inTurn(call.calls.loop) { done in
      let source = file.path
      call.calls.contents.async {
        let result = Result<JSONValue, any Error> {
          let target = try call.container.resolve(placed)
          try Files.copyAtomically(source, to: target, in: call.container)
          return place(target, call)
        }
        done()
        completion(result)
      }
    }
  }

  /// The hash of the content, in hexadecimal.
  static let sha256 = Service.waiting(isAbandoned: true) { call, completion in
    let file = try call.readableFile()
    file.inTurn(call.calls.loop) { done in
      // Open, it can be moved while it is read.
      let content = Result { try FileContent(path: file.path) }
      done()
      call.calls.contents.async {
        completion(
          Result {
            guard let hash = try content.get().sha256(while: { !call.event.hasEnded }) else { throw ended }
            return .string(hash)
          })
      }
    }
  }

  private static let ended = GuestError(
    code: "BA_EVENT_ENDED",
    message: "The callback ended before the file had been hashed.",
    hint: "Await every call before the callback returns.")

  private static func place(_ path: String, _ call: StartedCall) -> JSONValue {
    .object(["path": .string(call.container.relative(path))])
  }
}
