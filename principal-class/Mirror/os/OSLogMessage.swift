/// What is logged. Made by the compiler from a string literal with interpolations, and by nobody else.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct OSLogMessage: ExpressibleByStringInterpolation, ExpressibleByStringLiteral {
  public let interpolation: OSLogInterpolation

  public init(stringInterpolation: OSLogInterpolation) {
    interpolation = stringInterpolation
  }

  public init(stringLiteral value: String) {
    var interpolation = OSLogInterpolation(literalCapacity: value.utf8.count, interpolationCount: 0)
    interpolation.appendLiteral(value)
    self.interpolation = interpolation
  }
}

/// The parts of a message. Of Apple's many kinds of values only texts are here, the one that we log.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct OSLogInterpolation: StringInterpolationProtocol {
  /// As a device shows it to somebody without a debugger.
  var shown = ""

  public init(literalCapacity: Int, interpolationCount: Int) {
    shown.reserveCapacity(literalCapacity)
  }

  public mutating func appendLiteral(_ literal: String) {
    shown += literal
  }

  public mutating func appendInterpolation(
    _ argumentString: @autoclosure @escaping () -> String,
    align: OSLogStringAlignment = .none,
    privacy: OSLogPrivacy = .auto
  ) {
    shown += privacy.shows ? argumentString() : "<private>"
  }
}

/// How a value is aligned in its column. Apple has more of them than none.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct OSLogStringAlignment {
  public static var none: OSLogStringAlignment { OSLogStringAlignment() }
}

/// Who may see a value. On Apple platforms the compiler must know it: a variable of this type does not build there.
@available(macOS 11.0, iOS 14.0, watchOS 7.0, tvOS 14.0, *)
@frozen
public struct OSLogPrivacy {
  let shows: Bool

  /// Of a text, this is `private`.
  public static var auto: OSLogPrivacy { OSLogPrivacy(shows: false) }
  public static var `public`: OSLogPrivacy { OSLogPrivacy(shows: true) }
  public static var `private`: OSLogPrivacy { OSLogPrivacy(shows: false) }
}

// A frozen struct would be `Sendable` by itself; Apple's documentation does not say so of these.
@available(*, unavailable)
extension OSLogMessage: Sendable {}
@available(*, unavailable)
extension OSLogInterpolation: Sendable {}
@available(*, unavailable)
extension OSLogStringAlignment: Sendable {}
@available(*, unavailable)
extension OSLogPrivacy: Sendable {}
