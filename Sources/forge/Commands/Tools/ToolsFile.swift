import DataForge
import OrderedJSON

/// Reads tools files for commands.
enum ToolsFile {
  /// - Throws: `UsageError` that names the file and the place in it.
  static func read(_ path: String) throws -> ToolRegistry {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.bytes(path)
    } catch {
      throw UsageError("the tools file cannot be read: \(error)")
    }
    do {
      return try ToolRegistry(JSONValue(parsing: bytes))
    } catch {
      throw UsageError("\(path): \(error)")
    }
  }
}
