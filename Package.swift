// swift-tools-version: 6.2
import Foundation
import PackageDescription

// At the root of the npm package, because SwiftPM takes no target outside of its package, and an app uses
// `node_modules/ba-extension` as a local Swift package. An app links `BAExtension` (and `BAExtensionStore`) and exactly
// one engine: `BARuntimeNode`.

let ownSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Apple's modules come with its platforms; on Linux, stand-ins under the same names do their work.
func apple(_ modules: String...) -> [Target.Dependency] {
  #if os(Linux)
  modules.map { .target(name: $0) }
  #else
  []
  #endif
}

func target(_ name: String, in folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: ownSettings)
}

// MARK: What an app imports

let sources = "principal-class/Sources"

var targets: [Target] = [
  // ba_runtime.h without an engine.
  .target(name: "CBARuntime", path: "embed-runtime", sources: ["src/ba_runtime.c"], publicHeadersPath: "include"),
  target("BAMessages", in: sources, []),
  target("BAPrincipal", in: sources, ["BAMessages"] + apple("CryptoKit")),
  target("BARuntime", in: sources, ["BAMessages", "BAPrincipal", "CBARuntime"]),
  target(
    "BAExtension", in: sources,
    ["BAMessages", "BAPrincipal", "BARuntime"]
      + apple("BackgroundAssets", "ExtensionFoundation", "FoundationAppGroups", "System", "notify", "os")),
  target(
    "BAExtensionStore", in: sources,
    ["BAExtension"] + apple("BackgroundAssets", "ExtensionFoundation", "StoreKit")),
]
var products: [Product] = [
  .library(name: "BAExtension", targets: ["BAExtension"]),
  .library(name: "BAExtensionStore", targets: ["BAExtensionStore"]),
]

// MARK: The engine Node

// SwiftPM keeps what a manifest came to, until its text or the environment changes. So nothing here asks which files
// there are, but for Node's own configuration.

/// The folder of Node's headers. On Linux it is where distributions have it; elsewhere the engine is offered to those
/// who say.
#if os(Linux)
let nodeInclude: String? = Context.environment["BA_NODE_INCLUDE"] ?? "/usr/include/node"
#else
let nodeInclude = Context.environment["BA_NODE_INCLUDE"]
#endif

/// Whether the library has Node's start-up snapshot in it shows only in the config.gypi beside the headers. Without it
/// the engine starts more slowly.
func hasSnapshot(_ include: String) -> Bool {
  let config = (try? String(contentsOfFile: "\(include)/config.gypi", encoding: .utf8)) ?? ""
  return config.split(separator: "\n").contains {
    $0.contains(#""node_use_node_snapshot""#) && $0.contains("true")
  }
}

if let nodeInclude {
  targets.append(
    .target(
      name: "BARuntimeNode",
      path: "embed-runtime",
      // The lists core, engine-node and process-own of sources.json; embed-runtime/test/sources.test.ts compares.
      exclude: ["src/engines/node/process_setup_addon.cc"],
      sources: ["src/core", "src/json", "src/engines/node"],
      publicHeadersPath: "src/engines/node/include",
      cxxSettings: [
        // Not by a dependency on CBARuntime: its module map would make C++20 import the header as a module.
        .headerSearchPath("include"),
        .headerSearchPath("src"),
        .define("BA_NODE_SNAPSHOT", to: hasSnapshot(nodeInclude) ? "1" : "0"),
        // What SwiftPM has no settings for: classes that derive from Node's must be without RTTI, as it is, and its
        // headers are outside of the package. SwiftPM accepts unsafe flags of packages that are used by their path.
        .unsafeFlags(["-fno-rtti", "-fno-exceptions", "-fvisibility=hidden", "-isystem", nodeInclude]),
      ],
      linkerSettings: [.linkedLibrary("node"), .linkedLibrary("uv"), .linkedLibrary("m")]))
  products.append(.library(name: "BARuntimeNode", targets: ["BARuntimeNode"]))
}

// MARK: Linux

#if os(Linux)
let mirror = "principal-class/Mirror"

/// A stand-in for a module of Apple's, under its name.
func mirrored(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "\(mirror)/\(name)")
}

targets += [
  mirrored("CBackgroundAssets"),
  mirrored("CExtensionFoundation"),
  .systemLibrary(
    name: "CLibcrypto", path: "\(mirror)/CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  mirrored("BackgroundAssets", ["CBackgroundAssets", "ExtensionFoundation", "System"]),
  mirrored("CryptoKit", ["CLibcrypto"]),
  mirrored("ExtensionFoundation", ["CExtensionFoundation"]),
  mirrored("FoundationAppGroups"),
  mirrored("StoreKit", ["BackgroundAssets"]),
  mirrored("System"),
  mirrored("notify"),
  mirrored("os"),
]
let appleModules = [
  "BackgroundAssets", "CryptoKit", "ExtensionFoundation", "FoundationAppGroups", "StoreKit", "System", "notify", "os",
]
products.append(.library(name: "AppleModules", targets: appleModules))

// The extension process of the simulator's host `swift`. Its programs see what an app sees.
let simulation = "principal-class/Simulation"

func program(_ name: String, _ folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies + ["BASimulatedSystem", "BARuntimeNode"]
      + apple("BackgroundAssets", "ExtensionFoundation"),
    path: "\(simulation)/\(folder)", packageAccess: false, swiftSettings: ownSettings)
}

targets += [
  target(
    "BASimulatedSystem", in: simulation,
    ["BAExtension", "BAMessages", "BAPrincipal", "BARuntime"]
      + apple("BackgroundAssets", "ExtensionFoundation", "StoreKit", "os")),
  program("ba-unmanaged-extension", "UnmanagedExtension", ["BAExtension"]),
  program("ba-managed-extension", "ManagedExtension", ["BAExtension"]),
  program("ba-store-extension", "StoreExtension", ["BAExtensionStore"] + apple("StoreKit")),
]

// MARK: Tests, which are not published

let tests = "principal-class/Tests"

func test(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "\(tests)/\(name)", exclude: exclude, swiftSettings: ownSettings)
}

// Without package access a target sees the modules as an app does: their enums may grow.
func probe(_ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "\(tests)/\(name)", packageAccess: false, swiftSettings: settings)
}

func probeProgram(_ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = []) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "\(tests)/\(name)", packageAccess: false, swiftSettings: settings)
}

if FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(tests)") {
  let modules: [Target.Dependency] = appleModules.map { .target(name: $0) }
  let principal: [Target.Dependency] = ["BAMessages", "BAPrincipal", "BARuntimeNode"]
  let extensions: [Target.Dependency] = ["BAExtension", "BAExtensionStore", "BARuntimeNode"] + modules
  let onMainActor: [SwiftSetting] = [.defaultIsolation(MainActor.self)]
  targets += [
    .testTarget(name: "MirrorTests", dependencies: modules, path: "\(tests)/MirrorTests"),
    probe("MirrorProbes", modules),
    probe("MirrorProbesMainActor", modules, onMainActor),
    probeProgram("ProbeStruct", modules),
    probeProgram("ProbeFinalClass", modules),
    probeProgram("ProbeStore", modules),
    probe("ExtensionProbes", extensions, ownSettings),
    probe("ExtensionProbesMainActor", extensions, ownSettings + onMainActor),
    probeProgram("ExtensionProbesMain", extensions, ownSettings + onMainActor),
  ]
  targets += [
    target("PrincipalTestSupport", in: tests, ["BAMessages", "BAPrincipal"]),
    .executableTarget(
      name: "PrincipalKillProbe", dependencies: ["BAMessages", "BAPrincipal", "PrincipalTestSupport"],
      path: "\(tests)/PrincipalKillProbe", swiftSettings: ownSettings),
    test("MessagesTests", ["BAMessages"]),
    test("PrincipalTests", principal + ["BASimulatedSystem", "PrincipalTestSupport"]),
    test("RuntimeTests", principal + ["BARuntime", "CBARuntime"], exclude: ["README.md", "lsan.supp"]),
    test("ExtensionTests", ["BAMessages", "BAPrincipal"] + extensions),
    test("SimulatedSystemTests", principal + ["BAExtension", "BASimulatedSystem"] + modules),
  ]
}
#endif

let package = Package(
  name: "ba-extension",
  platforms: [.macOS("13.3"), .iOS("16.4"), .tvOS("18.4"), .visionOS("2.4"), .macCatalyst("16.4")],
  products: products,
  targets: targets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)
