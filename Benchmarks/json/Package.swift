// swift-tools-version: 6.2
import PackageDescription

// OrderedJSON is built from the links in Sources, so that measuring it does not resolve and build everything that the
// project depends on.
let package = Package(
  name: "json-bench",
  targets: [
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
    .target(name: "OrderedJSON", dependencies: ["CZlib"], path: "Sources/OrderedJSON", exclude: ["Schema"]),
    .executableTarget(name: "json-bench", dependencies: ["OrderedJSON"], path: "Sources/json-bench"),
  ],
  swiftLanguageModes: [.v6]
)
