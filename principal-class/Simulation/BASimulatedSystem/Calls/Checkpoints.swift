import BAMessages
import BAPrincipal
import Foundation

/// The places that the principal tells of, where a simulated fault may strike.
final class Checkpoints: Sendable {
  private struct State {
    var last = 0
    var waiting: [Int: DispatchSemaphore] = [:]
  }

  private let writer: FrameWriter
  /// Whether to stop at each until the simulated system says so.
  private let areStops: Bool
  private let state = Locked(State())

  init(writer: FrameWriter, areStops: Bool) {
    self.writer = writer
    self.areStops = areStops
  }

  func reach(_ place: String) {
    let mayProceed = DispatchSemaphore(value: 0)
    let id = state.withLock { state in
      state.last += 1
      if areStops { state.waiting[state.last] = mayProceed }
      return state.last
    }
    writer.write(.checkpoint(.init(id: id, place: place)))
    if areStops { mayProceed.wait() }
  }

  func proceed(_ id: Int) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.signal()
  }
}
