package import BAPrincipal

/// The functions of an app that its handler calls: the way to everything that JavaScript has no part of.
///
/// ```swift
/// @main
/// struct Downloader: JSDownloaderExtension {
///   static var nativeFunctions: NativeFunctions {
///     NativeFunctions()
///       .adding("hasPurchased") { (product: String) in await Store.hasPurchased(product) }
///       .adding("freeSlots") { Slots.free }
///   }
/// }
/// ```
/// ```ts
/// const purchased = await native.call("hasPurchased", "com.example.dlc");
/// ```
///
/// A function takes one argument or none. Argument and result are `Codable` and travel as JSON: dates as the texts that
/// `Date.prototype.toISOString` writes, `Data` as base64, nothing as `null`. What it throws rejects the handler's call
/// with `BA_NATIVE_FAILED`, and the error's description as the reason.
///
/// A function runs in the extension's process, within the deadline of the callback that called it, and may run several
/// times at once. Do not rely on the main actor there: should the system call the extension on the main thread, then
/// that one waits for the callback.
public struct NativeFunctions: Sendable {
  /// By name.
  package private(set) var functions: [String: NativeFunction] = [:]

  /// No functions.
  public init() {}

  func adding(_ name: String, _ function: @escaping NativeFunction) -> NativeFunctions {
    var all = self
    all.functions[name] = function
    return all
  }
}
