import BAExtension
import BAMessages
import BAPrincipal
import BackgroundAssets
import Foundation
import Testing

private struct Product: Codable {
  var id: String
  var released: Date?
  var icon: Data?
}

@Suite struct NativeFunctionsTests {
  private let functions = NativeFunctions()
    .adding("hasPurchased") { (product: String) async throws -> Bool in product == "dlc" }
    .adding("describe") { (product: Product) in
      Product(id: product.id + "!", released: product.released?.addingTimeInterval(1), icon: product.icon)
    }
    .adding("maybe") { (product: Product?) in product?.id ?? "none" }
    .adding("count") { 3 }
    .adding("log") { (text: String) in if text.isEmpty { throw CocoaError(.fileNoSuchFile) } }
    .adding("nothing") {}
    .adding("infinite") { Double.infinity }
    .adding("largest") { (number: Int) in number }
    .adding("far") { Date.distantFuture }

  private func call(_ name: String, _ argument: JSONValue = .null) async throws -> JSONValue {
    let function = try #require(functions.functions[name])
    return try await function(argument)
  }

  @Test func argumentsAndResults() async throws {
    #expect(try await call("hasPurchased", .string("dlc")) == .bool(true))
    #expect(try await call("hasPurchased", .string("")) == .bool(false))
    #expect(try await call("count") == .integer(3))
    #expect(try await call("log", .string("text")) == .null)
    #expect(try await call("nothing") == .null)
    // What the handler passes without need.
    #expect(try await call("count", .string("ignored")) == .integer(3))
    #expect(try await call("maybe") == .string("none"))
    #expect(try await call("largest", .integer((1 << 53) - 1)) == .integer((1 << 53) - 1))
  }

  @Test func datesAndData() async throws {
    let given = JSONValue.object([
      "id": .string("a"), "released": .string("2026-11-21T12:00:00.123Z"), "icon": .string("AAH/"),
    ])
    let expected = JSONValue.object([
      "id": .string("a!"), "released": .string("2026-11-21T12:00:01.123Z"), "icon": .string("AAH/"),
    ])
    #expect(try await call("describe", given) == expected)
    #expect(try await call("far") == .string("4001-01-01T00:00:00.000Z"))
  }

  @Test func wrongArguments() async throws {
    let message = { (name: String, argument: JSONValue) async -> String? in
      do {
        _ = try await call(name, argument)
        return nil
      } catch {
        return (error as? NativeFunctionError)?.message
      }
    }
    #expect(await message("hasPurchased", .integer(1))?.hasPrefix("its argument is no String: ") == true)
    #expect(await message("hasPurchased", .null)?.hasPrefix("its argument is no String") == true)
    #expect(await message("describe", .object([:]))?.hasPrefix("its argument is no Product: ") == true)
    let date = JSONValue.object(["id": .string("a"), "released": .string("yesterday")])
    #expect(
      await message("describe", date)
        == "its argument is no Product (released): \"yesterday\" is no date as Date.prototype.toISOString writes it.")
    #expect(await message("infinite", .null)?.hasPrefix("its result cannot be written as JSON") == true)
  }

  @Test func errorsOfTheFunctionAreItsOwn() async {
    await #expect(throws: CocoaError.self) { try await call("log", .string("")) }
  }

  @Test func theLaterOfTwo() async throws {
    let both = NativeFunctions().adding("a") { 1 }.adding("a") { 2 }
    let function = try #require(both.functions["a"])
    #expect(try await function(.null) == .integer(2))
    #expect(NativeFunctions().functions.isEmpty)
  }
}

private struct WithFunctions: JSDownloaderExtension {
  static var nativeFunctions: NativeFunctions {
    NativeFunctions()
      .adding("greet") { (name: String) in "Hello, \(name)." }
      .adding("played") { "by the app" }
      .adding("fail") { () async throws -> Int in throw URLError(.cancelled) }
  }
}

extension OneProcess {
  @Suite struct NativeCallTests {
    let device: TestDevice

    init() throws {
      device = try TestDevice()
    }

    @Test func ofTheHandler() async throws {
      let replies = Locked<[HostReply]>([])
      ExtensionPrincipal.shared.shutDown()
      let installed = device.device(nativeFunctions: ["played": { _ in .string("by the device") }]) { _, stage in
        for name in ["greet", "played", "fail", "grete"] {
          let reply = stage.call("native.call", ["name": .string(name), "args": .string("you")])
          replies.withLock { $0.append(reply) }
        }
        return .done
      }
      Device.install { () throws(DeviceFailure) -> Device in installed }
      terminate(await WithFunctions())
      let given = replies.withLock { $0 }
      #expect(given.prefix(2) == [.success(value: .string("Hello, you.")), .success(value: .string("by the device"))])
      let codes = given.dropFirst(2).map { reply in if case .failure(let error) = reply { error.code } else { "" } }
      #expect(codes == ["BA_NATIVE_FAILED", "BA_NATIVE_UNKNOWN"])
    }
  }
}
