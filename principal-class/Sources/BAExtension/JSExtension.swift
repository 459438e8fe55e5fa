public import ExtensionFoundation

/// What the extensions with a handler in JavaScript have in common. Adopt one of ``JSDownloaderExtension``,
/// ``JSManagedDownloaderExtension`` and `JSStoreDownloaderExtension`.
///
/// An extension stays free of isolation, also in a target whose default is the main actor: the system calls it on
/// threads of its own.
public protocol JSExtension: AppExtension, SendableMetatype {
  /// The functions that the handler calls with `native.call`. Asked for once, at the first call of the system. Empty by
  /// default.
  static var nativeFunctions: NativeFunctions { get }
}

extension JSExtension {
  public static var nativeFunctions: NativeFunctions { NativeFunctions() }
}
