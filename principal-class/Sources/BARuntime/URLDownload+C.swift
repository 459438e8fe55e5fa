import BAMessages
import CBARuntime

// What the handler left to the system is nil, as in the JSON of the hosts without Swift.

extension URLDownload {
  init(_ download: ba_download) {
    self.init(
      identifier: String(download.identifier),
      request: RequestRecord(download),
      fileSize: Int(clamping: download.file_size),
      essential: download.essential != 0,
      priority: Priority(download.priority),
      applicationGroupIdentifier: String(ifPresent: download.application_group_identifier))
  }
}

extension RequestRecord {
  fileprivate init(_ download: ba_download) {
    let headers = UnsafeBufferPointer(start: download.headers, count: download.header_count)
    let pairs = headers.map { (String($0.name), String($0.value)) }
    self.init(
      url: String(download.url),
      method: String(ifPresent: download.method),
      headers: pairs.isEmpty ? nil : Dictionary(pairs) { $1 },
      cachePolicy: String(ifPresent: download.cache_policy),
      timeoutInterval: download.timeout_interval == 0 ? nil : Int(clamping: download.timeout_interval),
      allowsCellularAccess: download.allows_cellular_access.value,
      allowsConstrainedNetworkAccess: download.allows_constrained_network_access.value,
      allowsExpensiveNetworkAccess: download.allows_expensive_network_access.value)
  }
}

extension Priority {
  fileprivate init(_ priority: ba_priority) {
    switch priority {
    case BA_PRIORITY_MIN: self = .min
    case BA_PRIORITY_MAX: self = .max
    default: self = .default
    }
  }
}

extension ba_option {
  fileprivate var value: Bool? {
    self == BA_UNSET ? nil : self == BA_YES
  }
}

extension LogLevel {
  init(_ level: ba_log_level) {
    switch level {
    case BA_LOG_DEBUG: self = .debug
    case BA_LOG_INFO: self = .info
    case BA_LOG_ERROR: self = .error
    case BA_LOG_FAULT: self = .fault
    default: self = .default
    }
  }
}
