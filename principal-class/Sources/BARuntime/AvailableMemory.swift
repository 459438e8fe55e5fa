#if os(iOS) || os(tvOS) || os(visionOS)
import os
#endif

/// What the system leaves to this process.
enum AvailableMemory {
  /// Bytes until the limit at which the system ends the process. Nil where there is none or it is not known: on macOS,
  /// in Apple's simulators, on Linux.
  static func ofProcess() -> Int? {
    #if os(iOS) || os(tvOS) || os(visionOS)
    // 0 says that there is no limit to speak of: a process that has reached its own does not run.
    let bytes = os_proc_available_memory()
    return bytes == 0 ? nil : bytes
    #else
    return nil
    #endif
  }
}
