import Foundation
import OrderedJSON

/// Finds the conformance data, which are no part of this repository: in `FORGE_CONFORMANCE`, or else beside the
/// checkout.
enum ConformanceFolder {
  /// The path of a file in it, or `nil` where it is not there.
  static func path(_ name: String) -> String? {
    let folder =
      ProcessInfo.processInfo.environment["FORGE_CONFORMANCE"].map { URL(fileURLWithPath: $0, isDirectory: true) }
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/conformance")
    let path = folder.appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The values of a gzipped JSON Lines file, read by the system's gzip.
  static func gzippedLines(_ path: String) throws -> [JSONValue] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", path]
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try data.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
  }

  /// The value of a JSON file.
  static func json(_ path: String) throws -> JSONValue {
    try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: path))))
  }
}
