import CryptoKit
import Foundation
import notify
import os

#if canImport(FoundationAppGroups)
import FoundationAppGroups
#endif

// The modules of Apple's beside Background Assets, as an app uses them.

func logs(_ text: String, _ level: OSLogType) {
  let logger = Logger(subsystem: "com.example.app", category: "downloads")
  logger.log(level: level, "\(text, privacy: .public): \(text, privacy: .private) \(text)")
  logger.notice("plain")
}

func hashes(_ parts: [Data]) -> String {
  var function = SHA256()
  for part in parts { function.update(data: part) }
  let digest: SHA256.Digest = function.finalize()
  return digest.map { String($0, radix: 16) }.joined()
}

func shares(_ group: String) -> Bool {
  FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: group) != nil
    && notify_post("com.example.ready") == NOTIFY_STATUS_OK
}
