internal import BAMessages

/// What the guest of a vector does.
package struct GuestScript: Decodable, Sendable {
  let launchFailure: Failure?
  /// Those of files that are offered again, then that of the message.
  let events: [Event]
  /// Host calls after the end.
  let late: [HostCall]

  struct Failure: Decodable, Sendable {
    let code: String
    let message: String
    let guestError: GuestError?
  }

  struct Event: Decodable, Sendable {
    let say: [Step]
    let end: End
  }

  enum Step: Decodable, Sendable {
    case call(HostCall)
    case together([HostCall])
    case start(HostCall)
    case download(URLDownload)
    case log(Log)

    struct Log: Decodable, Sendable {
      let level: LogLevel
      let message: String
    }

    private enum CodingKeys: String, CodingKey {
      case call, together, start, download, log
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      guard let key = container.allKeys.first else { throw VectorError("A step says nothing.") }
      switch key {
      case .call: self = .call(try container.decode(HostCall.self, forKey: key))
      case .together: self = .together(try container.decode([HostCall].self, forKey: key))
      case .start: self = .start(try container.decode(HostCall.self, forKey: key))
      case .download: self = .download(try container.decode(URLDownload.self, forKey: key))
      case .log: self = .log(try container.decode(Log.self, forKey: key))
      }
    }
  }

  struct End: Decodable, Sendable {
    let outcome: String
    let reply: GuestReply?
    let message: String?
  }

  private struct Late: Decodable {
    let call: HostCall
  }

  private enum CodingKeys: String, CodingKey {
    case launchFailure, reoffers, say, late
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    launchFailure = try container.decodeIfPresent(Failure.self, forKey: .launchFailure)
    late = try container.decodeIfPresent([Late].self, forKey: .late)?.map(\.call) ?? []
    let reoffers = try container.decodeIfPresent([Event].self, forKey: .reoffers) ?? []
    events = launchFailure == nil ? reoffers + [try Event(from: decoder)] : []
  }
}

/// A vector that cannot be played.
package struct VectorError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
