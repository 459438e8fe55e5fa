import BAMessages
import BAPrincipal
@testable import BASimulatedSystem
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

@Suite struct CallsTests {
  let peer = Peer()
  var calls: SystemCalls { SystemCalls(writer: peer.writer) }
  static let refusal = DownloadError(
    domain: "BAErrorDomain", code: 100, name: "downloadAlreadyScheduled", message: "There is one already.",
    underlying: nil, userInfo: [:])

  private func download(_ identifier: String = "a") -> BAURLDownload {
    BAURLDownload(
      identifier: identifier, request: URLRequest(url: URL(filePath: "/a")), fileSize: 7,
      applicationGroupIdentifier: "group.example")
  }

  @Test func eachWaitsForItsOwnResult() async throws {
    let calls = calls
    let first = Task { try await offThePool { try calls.value(of: .currentDownloads) } }
    let firstID = try await peer.nextCall().id
    let second = Task { try await offThePool { try calls.value(of: .cancel(uniqueIdentifier: "x")) } }
    let secondID = try await peer.nextCall().id
    #expect(firstID != secondID)
    calls.answer(.init(id: 99, value: .bool(false), error: nil))
    calls.answer(.init(id: secondID, value: .integer(2), error: nil))
    #expect(try await second.value == .integer(2))
    calls.answer(.init(id: firstID, error: nil))
    calls.answer(.init(id: firstID, value: .integer(1), error: nil))
    #expect(try await first.value == .null)
  }

  @Test func aRefusalIsThrown() async throws {
    let calls = calls
    let work = Task { try await offThePool { try calls.value(of: .currentDownloads) } }
    calls.answer(.init(id: try await peer.nextCall().id, error: Self.refusal))
    await #expect(throws: Self.refusal) { try await work.value }
  }

  @Test func currentDownloadsAreHandles() async throws {
    let manager = DownloadManager(calls: calls)
    let work = Task { try await offThePool { try manager.currentDownloads() } }
    let call = try await peer.nextCall()
    #expect(call.call == .currentDownloads)
    let record = JSONValue.object([
      "kind": .string("url"), "identifier": .string("a"), "uniqueIdentifier": .string("u"), "essential": .bool(true),
      "priority": .string("max"), "state": .string("downloading"),
    ])
    manager.calls.answer(.init(id: call.id, value: .array([record]), error: nil))
    let handle = try #require(try await work.value.first)
    #expect(type(of: handle) == BAURLDownload.self)
    #expect(handle.identifier == "a" && handle.uniqueIdentifier == "u" && handle.isEssential)
    #expect(handle.priority == .max && handle.state == .downloading)
  }

  @Test func whatIsScheduledWaits() async throws {
    let manager = DownloadManager(calls: calls)
    let download = download()
    let work = Task { try await offThePool { try manager.schedule(download) } }
    let call = try await peer.nextCall()
    let described = URLDownload(
      identifier: "a", request: RequestRecord(url: "file:///a"), fileSize: 7, essential: false, priority: .default,
      applicationGroupIdentifier: "group.example")
    #expect(call.call == .schedule(.init(download: described, uniqueIdentifier: download.uniqueIdentifier)))
    manager.calls.answer(.init(id: call.id, value: .null, error: nil))
    try await work.value
    #expect(download.state == .waiting)
  }

  @Test func theRefusalIsTheSystemsError() async throws {
    let manager = DownloadManager(calls: calls)
    let download = download()
    let work = Task { try await offThePool { try manager.schedule(download) } }
    manager.calls.answer(.init(id: try await peer.nextCall().id, error: Self.refusal))
    let error = await #expect(throws: NSError.self) { try await work.value }
    #expect(error?.domain == BAErrorDomain && error?.code == 100)
    #expect(error?.localizedDescription == "There is one already.")
    #expect(download.state == .created)
  }

  @Test func aHandleOfTheSystemsIsRefused() {
    let handle = BAURLDownload(record: .init(identifier: "a"), transfer: nil)
    let error = #expect(throws: NSError.self) { try DownloadManager(calls: calls).schedule(handle) }
    #expect(error?.code == BAErrorCode.downloadInvalid.rawValue)
  }

  @Test func exclusiveControlEndsWhereItWasHad() async throws {
    let manager = DownloadManager(calls: calls)
    let acquired = Locked<[Bool]>([])
    for date in [Date(timeIntervalSince1970: 2.5), nil] {
      manager.acquireExclusiveControl(before: date) { isHad, error in
        #expect(isHad == (error == nil))
        acquired.withLock { $0.append(isHad) }
      }
    }
    let first = try await peer.nextCall()
    #expect(first.call == .acquireExclusiveControl(before: 2500))
    let second = try await peer.nextCall()
    #expect(second.call == .acquireExclusiveControl(before: nil))
    manager.calls.answer(.init(id: first.id, value: .null, error: nil))
    manager.calls.answer(.init(id: second.id, error: Self.refusal))
    #expect(acquired.withLock { $0 } == [true, false])
    manager.exclusiveControlHandlerDidReturn(acquired: false)
    manager.exclusiveControlHandlerDidReturn(acquired: true)
    #expect(try await peer.nextCall().call == .releaseExclusiveControl)
  }

  @Test func functionsOfTheAppRunInTheSystem() async throws {
    let calls = calls
    let function = try #require(calls.nativeFunctions(["add", "add"])["add"])
    let sum = Task { try await function(.array([.integer(1), .integer(2)])) }
    let call = try await peer.nextCall()
    #expect(call.call == .nativeCall(.init(function: "add", args: .array([.integer(1), .integer(2)]))))
    calls.answer(.init(id: call.id, value: .integer(3), error: nil))
    #expect(try await sum.value == .integer(3))
  }

  @Test func aFunctionThatFailsSaysWhy() async throws {
    let calls = calls
    let function = try #require(calls.nativeFunctions(["add"])["add"])
    let sum = Task { try await function(.null) }
    calls.answer(.init(id: try await peer.nextCall().id, error: Self.refusal))
    await #expect(throws: NativeFunctionError(message: "There is one already.")) { try await sum.value }
  }

  @Test func checkpointsTellAndGoOn() async throws {
    let checkpoints = Checkpoints(writer: peer.writer, areStops: false)
    checkpoints.reach("downloads")
    checkpoints.proceed(1)
    #expect(try await peer.next() == .checkpoint(.init(id: 1, place: "downloads")))
  }

  @Test func checkpointsWaitForTheSystem() async throws {
    let checkpoints = Checkpoints(writer: peer.writer, areStops: true)
    let steps = Locked<[String]>([])
    let work = Task {
      try await offThePool {
        checkpoints.reach("moveTo")
        steps.withLock { $0.append("on") }
      }
    }
    guard case .checkpoint(let checkpoint) = try await peer.next() else { throw Peer.NoFrame() }
    steps.withLock { $0.append("stopped") }
    checkpoints.proceed(checkpoint.id)
    try await work.value
    #expect(steps.withLock { $0 } == ["stopped", "on"])
  }
}
