package import BAMessages
package import BackgroundAssets

extension DownloadRecord {
  /// What can be read of a download that the system has: not its URL, size or error.
  package init(_ download: BADownload, in mode: Mode) {
    self.init(
      kind: Kind(download, in: mode),
      identifier: download.identifier,
      uniqueIdentifier: download.uniqueIdentifier,
      essential: download.isEssential,
      priority: Priority(nearest: download.priority),
      state: State(download.state))
  }
}

extension DownloadRecord.Kind {
  /// What an app schedules is exactly a `BAURLDownload` (WWDC23, session 10108). The manifest is not, and in the
  /// unmanaged mode nothing else is known to come. In the managed modes it could as well be a pack that Apple hosts, so
  /// that the kind is not known there.
  init(_ download: BADownload, in mode: Mode) {
    if type(of: download) == BAURLDownload.self {
      self = .url
    } else if mode == .unmanaged && !(download is BAURLDownload) {
      self = .manifest
    } else {
      self = .other
    }
  }
}

extension DownloadRecord.State {
  /// A state that is younger than this code counts as waiting: neither begun nor ended.
  package init(_ state: BADownload.State) {
    switch state {
    case .failed: self = .failed
    case .created: self = .created
    case .waiting: self = .waiting
    case .downloading: self = .downloading
    case .finished: self = .finished
    @unknown default: self = .waiting
    }
  }
}

extension BADownload.State {
  package init(_ state: DownloadRecord.State) {
    switch state {
    case .failed: self = .failed
    case .created: self = .created
    case .waiting: self = .waiting
    case .downloading: self = .downloading
    case .finished: self = .finished
    }
  }
}

extension BADownload.Priority {
  package init(_ priority: BAMessages.Priority) {
    switch priority {
    case .min: self = .min
    case .default: self = .default
    case .max: self = .max
    }
  }
}

extension Priority {
  /// The name whose number is nearest; half-way between two, the default. Any number can be a priority, and those of
  /// the three names are published nowhere.
  package init(nearest priority: BADownload.Priority) {
    let distance = { (named: Priority) -> UInt in
      let (one, other) = (BADownload.Priority(named).rawValue, priority.rawValue)
      return UInt(bitPattern: one > other ? one &- other : other &- one)
    }
    self = [.min, .max].first { distance($0) < distance(.default) } ?? .default
  }
}
