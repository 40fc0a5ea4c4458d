import DataForge
import Foundation
import OrderedJSON

/// Reads tools files for commands.
enum ToolsFile {
  /// - Throws: `UsageError` that names the file and the place in it.
  static func read(_ path: String) throws -> ToolRegistry { try readWhole(path).registry }

  /// The folder that a tools file's own paths are relative to.
  static func folder(of path: String) -> String {
    path == "-"
      ? FileManager.default.currentDirectoryPath
      : URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
  }

  /// The file's content as it is written, and the tools in it.
  /// - Throws: `UsageError` that names the file and the place in it.
  static func readWhole(_ path: String) throws -> (json: JSONValue, registry: ToolRegistry) {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.bytes(path)
    } catch {
      throw UsageError("the tools file cannot be read: \(error)")
    }
    do {
      let json = try JSONValue(parsing: bytes)
      return (json, try ToolRegistry(json))
    } catch {
      throw UsageError("\(path): \(error)")
    }
  }
}
