import BAExtension
import BAMessages
import BAPrincipal
import BARuntime
@_spi(BASimulation) import BackgroundAssets
import Foundation

/// One extension process: frames of the simulated system to one extension, and its answers back. The thread that reads
/// frames waits for nothing, so that a ping is answered whatever the extension does.
final class Session: Sendable {
  private struct State {
    var checkpoints: Checkpoints?
    var connection: Connection?
  }

  private let writer: FrameWriter
  private let calls: SystemCalls
  private let mode: Mode
  private let makeExtension: @MainActor () -> any BADownloaderExtension
  private let state = Locked(State())

  /// - Parameter mode: that of the extension.
  init(writer: FrameWriter, mode: Mode, makeExtension: @escaping @MainActor () -> any BADownloaderExtension) {
    self.writer = writer
    self.mode = mode
    self.makeExtension = makeExtension
    calls = SystemCalls(writer: writer)
  }

  /// Ends the process when the simulated system says so, or is gone.
  func run(_ reader: FrameReader) -> Never {
    writer.write(.hello)
    while true {
      switch reader.next() {
      case .frame(let json): receive(ParentFrame(json))
      case .broken:
        writer.write(.problem("The frame could not be used: it is longer than 64 MiB."))
        ProcessEnd.endTree()
      case .end: ProcessEnd.endTree()
      }
    }
  }

  private func receive(_ frame: ParentFrame) {
    switch frame {
    case .problem(let problem): writer.write(problem)
    case .frame(.launch(let launch)): self.launch(launch)
    case .frame(.message(let message)): deliver(message)
    case .frame(.systemResult(let result)): calls.answer(result)
    case .frame(.proceed(let id)): state.withLock { $0.checkpoints }?.proceed(id)
    case .frame(.ping(let id)): writer.write(.pong(id: id))
    case .frame(.stop): ProcessEnd.stop()
    }
  }

  private func launch(_ launch: ExtensionParentFrame.Launch) {
    let checkpoints = Checkpoints(writer: writer, areStops: launch.checkpoints)
    let isFirst = state.withLock { state in
      guard state.checkpoints == nil else { return false }
      state.checkpoints = checkpoints
      return true
    }
    guard isFirst else { return writer.write(.problem("A process launches one extension, once.")) }
    let wanted = launch.configuration.mode
    guard wanted == mode else {
      writer.write(.problem("The mode is \(wanted.rawValue), and the extension is of the mode \(mode.rawValue)."))
      ProcessEnd.fail()
    }
    Simulation.install(DownloadManager(calls: calls))
    let (calls, writer) = (calls, writer)
    Device.install { Device(launch, calls: calls, checkpoints: checkpoints, writer: writer) }
    Task { @MainActor in
      let connection = Connection(makeExtension(), writer: writer)
      state.withLock { $0.connection = connection }
      writer.write(.launched)
    }
  }

  private func deliver(_ message: ExtensionParentFrame.Message) {
    guard let connection = state.withLock({ $0.connection }) else {
      return writer.write(.problem("A message came before the extension was launched."))
    }
    connection.deliver(message)
  }
}

extension ExtensionChildFrame {
  fileprivate static var hello: ExtensionChildFrame {
    guard let engine = Hello.Engine(rawValue: RuntimeEngine.name) else {
      preconditionFailure("The protocol knows no engine \(RuntimeEngine.name).")
    }
    return .hello(
      Hello(
        protocol: FrameFormat.protocolVersion, host: "swift", engine: engine, engineVersion: RuntimeEngine.version,
        pid: Int(getpid())))
  }
}
