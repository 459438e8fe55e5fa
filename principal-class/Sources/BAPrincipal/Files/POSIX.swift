#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// A path as C functions take it. It is made before a call, so that nothing runs between the call and the look at
/// `errno`.
struct CPath {
  /// Ends with a zero byte.
  private(set) var characters: [CChar]

  /// Throws `EINVAL` for a path with a zero byte: C would end it there, and mean another file.
  init(_ path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw FileError(number: EINVAL) }
    characters = Array(path.utf8CString)
  }

  /// - Parameter name: as a folder has it, in UTF-8 or not.
  func appending(_ name: UnsafePointer<CChar>) -> CPath {
    var child = self
    child.characters.removeLast()
    child.characters.append(CChar(bitPattern: UInt8(ascii: "/")))
    child.characters += UnsafeBufferPointer(start: name, count: strlen(name) + 1)
    return child
  }
}

/// Makes a call of POSIX that answers -1 when it fails, again after a signal has interrupted it.
@discardableResult
func attempt<Result: SignedInteger>(_ call: () -> Result) throws(FileError) -> Result {
  while true {
    let result = call()
    let number = errno
    if result != -1 { return result }
    if number != EINTR { throw FileError(number: number) }
  }
}

/// The same for a call that answers a pointer.
func attemptPointer<Pointer>(_ call: () -> Pointer?) throws(FileError) -> Pointer {
  while true {
    let result = call()
    let number = errno
    if let result { return result }
    if number != EINTR { throw FileError(number: number) }
  }
}

/// The same for a call that changes files, which is announced by its name.
@discardableResult
func change<Result: SignedInteger>(_ name: String, _ call: () -> Result) throws(FileError) -> Result {
  Files.announce(name)
  return try attempt(call)
}

/// The value, or nil where a file or a folder on the way to it does not exist.
func unlessAbsent<Value>(_ task: () throws(FileError) -> Value?) throws(FileError) -> Value? {
  do throws(FileError) {
    return try task()
  } catch {
    if error.isAbsence { return nil }
    throw error
  }
}
