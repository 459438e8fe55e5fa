import BackgroundAssets
import Testing

@Suite struct RawValueTests {
  @Test func contentRequests() {
    let requests: [BAContentRequest] = [.install, .update, .periodic, .languageChange]
    #expect(requests.map(\.rawValue) == [1, 2, 3, 4])
  }

  /// As an imported enum on Apple platforms, and unlike a Swift one.
  @Test(arguments: [0, 5, -1, Int.max])
  func unknownRawValuesExist(rawValue: Int) {
    #expect(BAContentRequest(rawValue: rawValue)?.rawValue == rawValue)
    #expect(BADownload.State(rawValue: rawValue)?.rawValue == rawValue)
    #expect(BAErrorCode(rawValue: rawValue)?.rawValue == rawValue)
  }

  @Test func states() {
    let states: [BADownload.State] = [.failed, .created, .waiting, .downloading, .finished]
    #expect(states.map(\.rawValue) == [-1, 0, 1, 2, 3])
  }

  /// Only the order of priorities is published.
  @Test func priorities() {
    let ordered = [BADownload.Priority.min, .default, .max].map(\.rawValue)
    #expect(ordered == ordered.sorted() && Set(ordered).count == 3)
    #expect(BADownload.Priority(5) == BADownload.Priority(rawValue: 5))
  }

  @Test func errorCodes() {
    let codes: [BAErrorCode] = [
      .downloadInvalid, .callFromExtensionNotAllowed, .callFromInactiveProcessNotAllowed,
      .callerConnectionNotAccepted, .callerConnectionInvalid, .downloadAlreadyScheduled, .downloadNotScheduled,
      .downloadFailedToStart, .downloadAlreadyFailed, .downloadEssentialDownloadNotPermitted,
      .downloadBackgroundActivityProhibited, .downloadWouldExceedAllowance, .downloadDoesNotExist,
      .sessionDownloadDisallowedByDomain, .sessionDownloadDisallowedByAllowance, .sessionDownloadAllowanceExceeded,
      .sessionDownloadNotPermittedBeforeAppLaunch,
    ]
    #expect(
      codes.map(\.rawValue) == [0, 50, 51, 55, 56, 100, 101, 102, 103, 109, 111, 112, 113, 202, 203, 204, 206])
  }

  @Test func statusBits() {
    let bits: [AssetPack.Status] = [
      .downloadAvailable, .updateAvailable, .upToDate, .outOfDate, .obsolete, .downloading, .downloaded,
    ]
    #expect(bits.map(\.rawValue) == [1, 2, 4, 8, 16, 32, 64])
  }

  @Test func sizeCalculationMethods() {
    #expect(SizeCalculationMethod.logical.rawValue == 0 && SizeCalculationMethod.allocated.rawValue == 1)
  }
}
