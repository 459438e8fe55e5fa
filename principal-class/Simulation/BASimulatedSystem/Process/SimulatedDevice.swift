import BAExtension
import BAMessages
import BAPrincipal
import BARuntime
import Foundation

extension Device {
  /// The device that the simulated system describes.
  init(
    _ launch: ExtensionParentFrame.Launch, calls: SystemCalls, checkpoints: Checkpoints, writer: FrameWriter
  ) {
    let (device, configuration) = (launch.device, launch.configuration)
    let bundlePath = launch.bundlePath
    self.init(
      configuration: configuration,
      container: device.container,
      environment: device.environment,
      bundle: device.bundle,
      settings: FileSettings(
        container: device.container, applicationGroupIdentifier: configuration.applicationGroupIdentifier),
      nativeFunctions: calls.nativeFunctions(device.nativeFunctions),
      // The reply tells of it, and nobody listens here.
      postNotification: { _ in },
      // Whole milliseconds, as JavaScript counts.
      now: { (Date.now.timeIntervalSince1970 * 1000 + device.clockOffset).rounded(.down) },
      clockOffset: device.clockOffset,
      log: { writer.write(.log(entry: $0)) },
      checkpoint: { checkpoints.reach($0) },
      launch: { (guest, hooks) throws(LaunchFailure) in
        try RuntimeGuest.launch(
          RuntimeOptions(
            bundlePath: bundlePath, configuration: guest, loadDeadline: configuration.deadlines.load,
            heapMegabytes: configuration.limits.heapMegabytes),
          hooks: hooks)
      })
  }
}
