public import Foundation
public import FoundationNetworking

/// BAURLDownload.h: a download that an app or its extension asks for.
@available(macOS 13.0, iOS 16.1, visionOS 2.4, tvOS 18.4, *)
@available(watchOS, unavailable)
open class BAURLDownload: BADownload, @unchecked Sendable {
  @_spi(BASimulation) public let transfer: DownloadTransfer?

  /// A handle of the system's; without a transfer when it is one of an earlier process.
  @_spi(BASimulation)
  public init(record: DownloadRecord, state: State = .created, transfer: DownloadTransfer?) {
    self.transfer = transfer
    super.init(record: record, state: state)
  }

  /// The designated initializer. The URL's scheme is `https`, and the size exact.
  @available(macOS 13.3, iOS 16.4, visionOS 2.4, tvOS 18.4, *)
  public init(
    identifier: String,
    request: URLRequest,
    essential: Bool,
    fileSize: Int,
    applicationGroupIdentifier: String,
    priority: BADownload.Priority
  ) {
    transfer = DownloadTransfer(
      request: request, fileSize: fileSize, applicationGroupIdentifier: applicationGroupIdentifier)
    super.init(
      record: DownloadRecord(identifier: identifier, priority: priority, isEssential: essential), state: .created)
  }

  /// Not essential, with the default priority.
  @available(macOS 13.3, iOS 16.4, visionOS 2.4, tvOS 18.4, *)
  public convenience init(
    identifier: String,
    request: URLRequest,
    fileSize: Int,
    applicationGroupIdentifier: String
  ) {
    self.init(
      identifier: identifier,
      request: request,
      essential: false,
      fileSize: fileSize,
      applicationGroupIdentifier: applicationGroupIdentifier,
      priority: .default)
  }

  @available(iOS, introduced: 16.1, deprecated: 16.4)
  @available(macOS, introduced: 13.0, deprecated: 13.3)
  @available(tvOS, unavailable)
  @available(visionOS, unavailable)
  @available(watchOS, unavailable)
  public convenience init(identifier: String, request: URLRequest, applicationGroupIdentifier: String) {
    self.init(
      record: DownloadRecord(identifier: identifier),
      transfer: DownloadTransfer(
        request: request, fileSize: nil, applicationGroupIdentifier: applicationGroupIdentifier))
  }

  @available(iOS, introduced: 16.1, deprecated: 16.4)
  @available(macOS, introduced: 13.0, deprecated: 13.3)
  @available(tvOS, unavailable)
  @available(visionOS, unavailable)
  @available(watchOS, unavailable)
  public convenience init(
    identifier: String,
    request: URLRequest,
    applicationGroupIdentifier: String,
    priority: BADownload.Priority
  ) {
    self.init(
      record: DownloadRecord(identifier: identifier, priority: priority),
      transfer: DownloadTransfer(
        request: request, fileSize: nil, applicationGroupIdentifier: applicationGroupIdentifier))
  }

  override func copy(essential: Bool) -> BADownload {
    BAURLDownload(record: record.settingEssential(essential), state: state, transfer: transfer)
  }

  public required init?(coder: NSCoder) {
    transfer = DownloadTransfer(coder: coder)
    super.init(coder: coder)
  }

  open override func encode(with coder: NSCoder) {
    super.encode(with: coder)
    transfer?.encode(with: coder)
  }
}
