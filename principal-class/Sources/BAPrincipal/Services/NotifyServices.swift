/// Darwin notifications.
enum NotifyServices {
  static let notify = Service.quick { call in
    let name = try call.arguments.nonEmptyString("name")
    call.options.postNotification(name)
    call.event.posted(name)
    return .null
  }
}
