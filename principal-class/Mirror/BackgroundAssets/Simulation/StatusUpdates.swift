internal import Foundation
internal import Synchronization

/// Every iterator gets what is published after it was made.
struct StatusUpdates: AsyncSequence, Sendable {
  typealias Element = AssetPackManager.DownloadStatusUpdate
  typealias Failure = Never

  /// Nil: all packs, without end.
  let assetPackID: String?

  func makeAsyncIterator() -> AsyncStream<Element>.Iterator {
    Simulation.subscribers.stream(of: assetPackID).makeAsyncIterator()
  }
}

final class Subscribers: Sendable {
  private struct Subscriber {
    let assetPackID: String?
    let continuation: AsyncStream<AssetPackManager.DownloadStatusUpdate>.Continuation
  }

  private let current = Mutex<[UUID: Subscriber]>([:])

  func stream(of assetPackID: String?) -> AsyncStream<AssetPackManager.DownloadStatusUpdate> {
    let (stream, continuation) = AsyncStream.makeStream(of: AssetPackManager.DownloadStatusUpdate.self)
    let key = UUID()
    continuation.onTermination = { [weak self] _ in
      self?.current.withLock { $0[key] = nil }
    }
    current.withLock { $0[key] = Subscriber(assetPackID: assetPackID, continuation: continuation) }
    return stream
  }

  func publish(_ update: AssetPackManager.DownloadStatusUpdate) {
    // Finishing a stream calls `onTermination`, which takes the lock: not while it is held.
    let interested = current.withLock { subscribers in
      subscribers.values.filter { $0.assetPackID == nil || $0.assetPackID == update.assetPackID }
    }
    for subscriber in interested {
      subscriber.continuation.yield(update)
      if update.isLast && subscriber.assetPackID != nil { subscriber.continuation.finish() }
    }
  }
}

extension Simulation {
  static let subscribers = Subscribers()

  /// Tells whoever follows `statusUpdates`.
  public static func publish(_ update: AssetPackManager.DownloadStatusUpdate) {
    subscribers.publish(update)
  }
}
