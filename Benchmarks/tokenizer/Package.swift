// swift-tools-version: 6.2
import PackageDescription

// The modules are built from the links in Sources, so that measuring them does not resolve and build everything that
// the project depends on.
let package = Package(
  name: "tokenizer-bench",
  targets: [
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
    .target(name: "OrderedJSON", dependencies: ["CZlib"], path: "Sources/OrderedJSON", exclude: ["Schema"]),
    .target(name: "Tokenizer", dependencies: ["CZlib", "OrderedJSON"], path: "Sources/Tokenizer"),
    .executableTarget(
      name: "tokenizer-bench", dependencies: ["OrderedJSON", "Tokenizer"], path: "Sources/tokenizer-bench"),
  ],
  swiftLanguageModes: [.v6]
)
