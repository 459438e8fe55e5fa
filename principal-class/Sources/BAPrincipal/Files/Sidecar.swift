internal import BAMessages

/// The small file beside each staged one that says what it is. It is written before each step, so that whoever finds
/// both after a kill knows how far the step had come. It holds no URL, no header, no credential.
struct Sidecar: Codable, Sendable, Equatable {
  var download: DownloadRecord
  /// How often the file has been offered; 0 while it is on its way here.
  var attempt: Int
  /// Milliseconds since 1970, by the clock of the system: the oldest is offered first.
  var stagedAt: Double
  var bytes: Int
  /// Where a claim moves it, relative to the container. It has happened when the file is not here any more.
  var claim: String?

  init(download: DownloadRecord, attempt: Int, stagedAt: Double, bytes: Int, claim: String? = nil) {
    self.download = download
    self.attempt = attempt
    self.stagedAt = stagedAt
    self.bytes = bytes
    self.claim = claim
  }

  /// Fields that an older version did not write may be absent.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    download = try container.decode(DownloadRecord.self, forKey: .download)
    attempt = try container.decode(Int.self, forKey: .attempt)
    stagedAt = try container.decodeIfPresent(Double.self, forKey: .stagedAt) ?? 0
    bytes = try container.decodeIfPresent(Int.self, forKey: .bytes) ?? 0
    claim = try container.decodeIfPresent(String.self, forKey: .claim)
    guard attempt >= 0, bytes >= 0 else {
      throw DecodingError.dataCorrupted(.init(codingPath: container.codingPath, debugDescription: "A negative count."))
    }
  }
}

/// Something in staging: a file with its sidecar, or one of the two without the other.
struct StagedEntry {
  /// Absolute path of the file, whether or not it is there.
  let path: String
  /// Nil: there is none, or it cannot be read.
  let sidecar: Sidecar?
  /// Bytes of the file; nil where it is gone.
  let bytes: Int?
}

extension Container {
  /// After so many offers a file stays in staging, until the system purges it.
  static let maximumOffers = 3

  private static let sidecarSuffix = ".json"

  private var stagingFolder: String { Paths.joined(ownPath, "staging") }

  /// Absolute path of the staged file of a download.
  func stagingPath(_ uniqueIdentifier: String) -> String {
    // A UUID on Apple's systems; whatever else it is must stay one name in one folder.
    Paths.joined(stagingFolder, encodeURIComponent(uniqueIdentifier).replacing(".", with: "%2E"))
  }

  /// What is in staging under one name.
  func stagedEntry(_ path: String) throws(FileError) -> StagedEntry {
    StagedEntry(
      path: path, sidecar: try readSidecar(path), bytes: try Files.attributes(path, followingLinks: true)?.size)
  }

  /// Everything in staging that has a sidecar, by age, then by name.
  func stagedEntries() throws(FileError) -> [StagedEntry] {
    let folder = try CPath(stagingFolder)
    let found = try unlessAbsent { () throws(FileError) in try Files.entries(of: folder) } ?? []
    let suffix = Self.sidecarSuffix
    // A staged file's own name has no dot.
    let names = found.map(\.name).filter { $0.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
    var entries: [StagedEntry] = []
    for name in names.sorted(by: javaScriptOrder) {
      entries.append(try stagedEntry(Paths.joined(stagingFolder, String(name.dropLast(suffix.count)))))
    }
    let byAge = entries.enumerated().sorted { one, other in
      let (first, second) = (one.element.sidecar?.stagedAt ?? 0, other.element.sidecar?.stagedAt ?? 0)
      return first == second ? one.offset < other.offset : first < second
    }
    return byAge.map(\.element)
  }

  /// A sidecar that cannot be read counts as none: the file is offered as if for the first time.
  private func readSidecar(_ stagedPath: String) throws(FileError) -> Sidecar? {
    guard let data = try Files.read(stagedPath + Self.sidecarSuffix) else { return nil }
    return try? JSON.decode(Sidecar.self, from: data)
  }

  func writeSidecar(_ content: Sidecar, of stagedPath: String) {
    Records.write(content, to: stagedPath + Self.sidecarSuffix, in: self)
  }

  func removeSidecar(_ stagedPath: String) throws(FileError) {
    try Files.remove(stagedPath + Self.sidecarSuffix)
  }
}
