// swift-tools-version: 6.2
import Foundation
import PackageDescription

// At the root of the npm package, because SwiftPM takes no target outside of its package, and an app uses
// `node_modules/ba-extension` as a local Swift package.

var products: [Product] = []
var targets: [Target] = []

#if os(Linux)
// Stand-ins for Apple's modules under their names; on Apple platforms the real ones are used.
func mirror(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "principal-class/Mirror/\(name)")
}

targets += [
  mirror("CBackgroundAssets"),
  mirror("CExtensionFoundation"),
  mirror("System"),
  mirror("ExtensionFoundation", ["CExtensionFoundation"]),
  mirror("BackgroundAssets", ["CBackgroundAssets", "ExtensionFoundation", "System"]),
  mirror("StoreKit", ["BackgroundAssets"]),
]
products += [
  .library(name: "AppleModules", targets: ["BackgroundAssets", "ExtensionFoundation", "StoreKit", "System"])
]

// Tests are not published. Without package access a target sees the modules as an app does: their enums may grow.
let tests = "principal-class/Tests"
if FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(tests)") {
  let modules: [Target.Dependency] = ["BackgroundAssets", "ExtensionFoundation", "StoreKit", "System"]
  let mainActor: [SwiftSetting] = [.defaultIsolation(MainActor.self)]
  targets += ["ProbeStruct", "ProbeFinalClass", "ProbeStore"].map { name in
    .executableTarget(name: name, dependencies: modules, path: "\(tests)/\(name)", packageAccess: false)
  }
  targets += [
    .testTarget(name: "MirrorTests", dependencies: modules, path: "\(tests)/MirrorTests"),
    .testTarget(
      name: "MirrorProbes", dependencies: modules, path: "\(tests)/MirrorProbes", packageAccess: false),
    .testTarget(
      name: "MirrorProbesMainActor", dependencies: modules, path: "\(tests)/MirrorProbesMainActor",
      packageAccess: false, swiftSettings: mainActor),
  ]
}
#endif

let package = Package(
  name: "ba-extension",
  products: products,
  targets: targets,
  swiftLanguageModes: [.v6]
)
