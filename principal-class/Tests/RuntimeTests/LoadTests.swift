import BAMessages
import BAPrincipal
import BARuntime
import CBARuntime
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct LoadTests {
  @Test func engineIsLinked() {
    #expect(ba_abi_version() == BA_ABI_VERSION)
    #expect(RuntimeEngine.name == "node")
    #expect(RuntimeEngine.version.split(separator: ".").count == 3)
    #expect(RuntimeEngine.minimumAvailableMemory == 12 << 20)
  }

  @Test func callbacksAreThoseOfTheHandler() throws {
    let guest = try launch("")
    #expect(guest.callbacks == ["shouldDownload"])
    guest.stop()
  }

  @Test func configurationArrives() throws {
    let guest = try launch("configuration: (event) => fulfil(event, JSON.parse(configuration))")
    let value = try guest.run("configuration").value
    #expect(value?["mode"] == .string("managed"))
    #expect(value?["callbacks"] == .array([.string("shouldDownload")]))
    #expect(value?["environment"]?["osVersion"] == .string("15.4"))
    #expect(value?["bundle"]?["infoDictionary"]?["CFBundleIdentifier"] == .string("com.example"))
    guest.stop()
  }

  @Test(arguments: [
    ("throw new TypeError('no such thing');", "BA_LOAD_FAILED", "no such thing"),
    ("exports.start = () => { throw new Error('inside start'); };", "BA_LOAD_FAILED", "inside start"),
    ("throw Object.assign(new Error('m'), { code: 'BA_HANDLER_UNKNOWN_KEY' });", "BA_HANDLER_UNKNOWN_KEY", "m"),
    ("throw 'only a text';", "BA_LOAD_FAILED", "only a text"),
    ("throw Object.assign(new Error('stack is a number'), { stack: 5 });", "BA_LOAD_FAILED", "stack is a number"),
    ("exports.start = (;", "BA_LOAD_FAILED", "Unexpected token"),
    ("exports.begin = () => {};", "BA_LOAD_FAILED", "exports no function"),
    ("exports.start = () => ({ callbacks: 5 });", "BA_LOAD_FAILED", "returned no guest"),
    ("exports.start = () => ({});", "BA_LOAD_FAILED", "returned no guest"),
    ("require('./beside');", "ERR_UNKNOWN_BUILTIN_MODULE", "./beside"),
  ])
  func failsWithTheHandlersError(source: String, code: String, message: String) throws {
    let failure = try #require(throws: LaunchFailure.self) { try launch(bundle: source) }
    #expect(failure.code == "BA_LOAD_FAILED")
    #expect(failure.guestError?.code == code)
    #expect(failure.guestError?.message.contains(message) == true)
    #expect(failure.message.hasPrefix("The handler could not be loaded: "))
  }

  @Test func errorsSayWhere() throws {
    let thrown = try #require(throws: LaunchFailure.self) { try launch(bundle: "\n  throw new Error('here');") }
    #expect(thrown.guestError?.stack?.contains("guest.cjs:2:9") == true)
    let syntax = try #require(throws: LaunchFailure.self) { try launch(bundle: "\n(;") }
    #expect(syntax.guestError?.stack?.contains("guest.cjs:2:2") == true)
  }

  @Test func missingFile() throws {
    let failure = try #require(throws: LaunchFailure.self) {
      try RuntimeGuest.launch(.test(bundlePath: "/nowhere/guest.cjs"), hooks: .silent)
    }
    #expect(failure.code == "BA_LOAD_FAILED")
    #expect(failure.guestError?.message.contains("/nowhere/guest.cjs") == true)
  }

  @Test(arguments: ["for (;;);", "exports.start = () => { for (;;); };"])
  func deadlineEndsTheLoad(source: String) throws {
    let failure = try #require(throws: LaunchFailure.self) { try launch(bundle: source, loadDeadline: 50) }
    #expect(failure.code == "BA_LOAD_FAILED")
    #expect(failure.guestError?.code == "BA_LOAD_DEADLINE")
    #expect(failure.message.contains("50 ms"))
  }

  @Test(arguments: [0, -1, .min]) func aDeadlineThatIsNoneIsTheShortest(deadline: Int) throws {
    let failure = try #require(throws: LaunchFailure.self) { try launch(bundle: "for (;;);", loadDeadline: deadline) }
    #expect(failure.guestError?.code == "BA_LOAD_DEADLINE")
  }

  @Test func engineThatEndsItselfIsNotTheHandlersError() throws {
    let failure = try #require(throws: LaunchFailure.self) { try launch(bundle: "process.exit(3);") }
    #expect(failure.code == "BA_ENGINE")
    #expect(failure.guestError == nil)
  }

  @Test func logsOfTheLoadArrive() throws {
    let logs = Locked<[String]>([])
    let hooks = GuestHooks.logging { _, message in logs.withLock { $0.append(message) } }
    let guest = try launch(bundle: "console.log('evaluated');" + guestSource(""), hooks: hooks)
    guest.stop()
    #expect(logs.withLock { $0 } == ["evaluated"])
  }

  @Test func refusesToStartWithTooLittleMemory() throws {
    let bundle = try BundleFile(guestSource(""))
    var options = RuntimeOptions.test(bundlePath: bundle.path)
    options.minimumAvailableMemory = 1_000
    options.availableMemory = { 999 }
    let failure = try #require(throws: LaunchFailure.self) { try RuntimeGuest.launch(options, hooks: .silent) }
    #expect(failure.code == "BA_MEMORY_LOW")
    #expect(failure.guestError == nil)
    #expect(failure.message.contains("999 bytes") && failure.message.contains("1000"))
  }

  @Test(arguments: [1_000, nil]) func startsWithEnoughOrUnknownMemory(available: Int?) throws {
    let bundle = try BundleFile(guestSource(""))
    var options = RuntimeOptions.test(bundlePath: bundle.path)
    options.minimumAvailableMemory = 1_000
    options.availableMemory = { available }
    try RuntimeGuest.launch(options, hooks: .silent).stop()
  }
}
