// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// CI builds with warnings as errors; a developer's build only shows them.
let strict = ProcessInfo.processInfo.environment["CI"] == "true"
// An asynchronous function runs where its caller does: a change of threads costs more than most of our functions do.
let settings: [SwiftSetting] =
  [.enableUpcomingFeature("NonisolatedNonsendingByDefault")] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
  name: "DataForge",
  products: [
    .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
    .library(name: "JinjaTemplate", targets: ["JinjaTemplate"]),
    .library(name: "Tokenizer", targets: ["Tokenizer"]),
    .library(name: "DataForge", targets: ["DataForge"]),
    .executable(name: "forge", targets: ["forge"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CCmark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CConfinement"),
    .target(name: "OrderedJSON", dependencies: ["CZlib"], swiftSettings: settings),
    .target(name: "JinjaTemplate", dependencies: ["OrderedJSON"], swiftSettings: settings),
    .target(name: "Tokenizer", dependencies: ["OrderedJSON"], swiftSettings: settings),
    .target(
      name: "EmbeddedTemplates", path: "templates",
      resources: [
        .embedInCode("chat"), .embedInCode("prompts/question-answer.md"), .embedInCode("recipe.schema.json"),
      ],
      swiftSettings: settings),
    .target(
      name: "DataForge",
      dependencies: [
        "CCmark", "CConfinement", "CPoppler", "CXML2", "CZip", "EmbeddedTemplates", "JinjaTemplate", "OrderedJSON",
        "Tokenizer",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "forge",
      dependencies: [
        "DataForge", "JinjaTemplate", "OrderedJSON", "Tokenizer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings,
      // Poppler allocates much: with jemalloc it needs a tenth less time than with glibc's allocator.
      linkerSettings: [.linkedLibrary("jemalloc")]),
    .target(
      name: "LoopbackServer",
      dependencies: [
        "OrderedJSON",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/LoopbackServer", exclude: ["Certificates"], swiftSettings: settings),
    .testTarget(name: "OrderedJSONTests", dependencies: ["OrderedJSON"], swiftSettings: settings),
    .testTarget(
      name: "JinjaTemplateTests", dependencies: ["JinjaTemplate", "OrderedJSON"], exclude: ["Fixtures"],
      swiftSettings: settings),
    .testTarget(
      name: "TokenizerTests", dependencies: ["Tokenizer", "OrderedJSON"], exclude: ["Fixtures"],
      swiftSettings: settings),
    .testTarget(
      name: "DataForgeTests",
      dependencies: [
        "CConfinement", "CZlib", "DataForge", "JinjaTemplate", "OrderedJSON", "LoopbackServer",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["ChatTemplates/Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "ForgeTests",
      dependencies: [
        "forge", "DataForge", "OrderedJSON", "LoopbackServer",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
