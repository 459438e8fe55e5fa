/// What notify.h calls success.
public var NOTIFY_STATUS_OK: Int32 { 0 }

/// Posts a Darwin notification: everybody who has registered for the name hears of it, and of nothing else.
/// - Returns: `NOTIFY_STATUS_OK`, or why not.
public func notify_post(_ name: UnsafePointer<CChar>!) -> UInt32 {
  guard let name else { return DarwinNotifications.failed }
  return DarwinNotifications.post(String(cString: name))
}
