import BAMessages
import BAPrincipal
import BARuntime
import Foundation

/// A deadline that no test waits for, in milliseconds.
let aMinute = 60_000

/// A bundle in a folder of its own, which goes with it.
final class BundleFile: Sendable {
  let path: String
  private let folder: URL

  init(_ source: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ba-runtime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "guest.cjs")
    try Data(source.utf8).write(to: file)
    path = file.path(percentEncoded: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }
}

/// A bundle whose guest does what each event asks for: `run(event)` names an action, with a JSON text for it.
func guestSource(_ actions: String) -> String {
  """
  'use strict';
  exports.start = (native, configuration) => {
    const calls = new Map();
    const state = {};
    const fulfil = (event, value) => native.reply(event, JSON.stringify({ status: 'fulfilled', value }));
    const call = (name, args) =>
      new Promise((resolve) => calls.set(native.hostCall(JSON.stringify({ name, args })), resolve));
    const actions = { \(actions) };
    return {
      callbacks: ['shouldDownload'],
      dispatch(event, json) {
        const { id, userInfo } = JSON.parse(json).assetPack;
        actions[id](event, JSON.parse(userInfo));
      },
      hostReply: (number, json) => calls.get(number)(JSON.parse(json)),
    };
  };
  """
}

/// Starts a guest with these actions, each a function of the event's number and its parameter.
func launch(_ actions: String, hooks: GuestHooks = .silent) throws -> RuntimeGuest {
  try launch(bundle: guestSource(actions), hooks: hooks)
}

func launch(bundle source: String, loadDeadline: Int = aMinute, hooks: GuestHooks = .silent) throws -> RuntimeGuest {
  let bundle = try BundleFile(source)
  return try withExtendedLifetime(bundle) {
    try RuntimeGuest.launch(.test(bundlePath: bundle.path, loadDeadline: loadDeadline), hooks: hooks)
  }
}

extension RuntimeOptions {
  static func test(bundlePath: String, loadDeadline: Int = aMinute) -> RuntimeOptions {
    let environment = Environment(platform: .macOS, osVersion: "15.4", locale: "en_US")
    let bundle = BundleRecord(infoDictionary: ["CFBundleIdentifier": .string("com.example")], appInfoDictionary: [:])
    let configuration = GuestConfiguration(
      mode: .managed, callbacks: ["shouldDownload"], environment: environment, bundle: bundle, clockOffset: 0)
    return RuntimeOptions(
      bundlePath: bundlePath, configuration: configuration, loadDeadline: loadDeadline, heapMegabytes: 64)
  }
}

extension RuntimeGuest {
  /// Asks for an action. Blocks.
  func run(
    _ action: String, _ parameter: JSONValue = .null, deadline: Int = aMinute,
    onDownload: @escaping @Sendable (URLDownload) -> Void = { _ in }
  ) throws -> DispatchOutcome {
    let text = String(decoding: try JSON.encode(parameter), as: UTF8.self)
    let pack = AssetPackRecord(
      id: action, version: 1, downloadSize: 0, language: nil, userInfo: text, description: "")
    return dispatch(.shouldDownload(assetPack: pack), deadline: deadline, onDownload: onDownload)
  }
}

extension GuestHooks {
  /// No services, no logs.
  static let silent = GuestHooks(onHostCall: { _, answer in answer(.success(value: .null)) }, onLog: { _, _ in })

  static func logging(_ onLog: @escaping @Sendable (LogLevel, String) -> Void) -> GuestHooks {
    GuestHooks(onHostCall: GuestHooks.silent.onHostCall, onLog: onLog)
  }

  static func answering(
    _ onHostCall: @escaping @Sendable (HostCall, @escaping @Sendable (HostReply) -> Void) -> Void
  ) -> GuestHooks {
    GuestHooks(onHostCall: onHostCall, onLog: { _, _ in })
  }
}

extension DispatchOutcome {
  /// What a guest fulfilled an event with; nil for every other end.
  var value: JSONValue? {
    guard case .answered(.fulfilled(let value)) = self else { return nil }
    return value
  }

  var isStopped: Bool { if case .stopped = self { true } else { false } }
  var isDeadline: Bool { if case .deadline = self { true } else { false } }

  /// Why the engine ended; nil for every other end.
  var engineMessage: String? {
    guard case .engine(let message) = self else { return nil }
    return message
  }
}
