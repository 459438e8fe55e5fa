internal import BAMessages
internal import BAPrincipal

extension Principal {
  /// The principal of a device.
  /// - Parameter nativeFunctions: the app's. A simulated device plays its own in their place.
  convenience init(device: Device, nativeFunctions: NativeFunctions) {
    let options = PrincipalOptions(
      launch: device.launch,
      container: device.container,
      configuration: device.configuration,
      system: DownloadManagerServices(configuration: device.configuration),
      settings: device.settings,
      nativeFunctions: nativeFunctions.functions.merging(device.nativeFunctions) { _, played in played },
      postNotification: device.postNotification,
      now: device.now,
      log: device.log,
      checkpoint: device.checkpoint)
    self.init(
      options: options, environment: device.environment, bundle: device.bundle, clockOffset: device.clockOffset)
  }
}

extension Device {
  /// Leaves what a call came to in the log. What the handler logged is there already.
  func write(_ reply: PrincipalReply, to callback: Callback) {
    for observation in reply.observations { logObservation(observation) }
    let milliseconds = Int(reply.durationMs.rounded())
    let message = "\(callback.rawValue): \(reply.outcome.rawValue) after \(milliseconds) ms."
    log(LogEntry(level: .info, message: message, source: .principal))
  }
}
