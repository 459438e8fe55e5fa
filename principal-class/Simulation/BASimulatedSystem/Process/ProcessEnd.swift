import BAExtension
import Foundation
import Glibc

/// The ways in which an extension process ends.
enum ProcessEnd {
  /// How long ending the engine may take; the process ends all the same, before the simulated system loses patience.
  private static let limit = DispatchTimeInterval.milliseconds(1500)

  /// The simulated system has no more to say.
  static func stop() -> Never {
    let isStopped = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      ExtensionPrincipal.shared.shutDown()
      isStopped.signal()
    }
    _ = isStopped.wait(timeout: .now() + limit)
    end(with: 0)
  }

  /// Nothing can be done for the simulated system, which has been told why.
  static func fail() -> Never {
    end(with: 1)
  }

  /// The simulated system is gone: this ends all that the handler started, too, for nobody reads what they still say.
  static func endTree() -> Never {
    kill(getpgrp() == getpid() ? -getpid() : getpid(), SIGKILL)
    while true { pause() }
  }

  /// Without destructors: a JavaScript thread that is stuck in native code may still run.
  private static func end(with code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}
