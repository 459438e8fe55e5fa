/// BAError.h: the domain of `BAErrorCode`. Its text is published nowhere; compare with the constant.
@available(macOS 14.0, iOS 17.0, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
public let BAErrorDomain: String = "BAErrorDomain"
