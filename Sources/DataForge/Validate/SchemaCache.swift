import OrderedJSON
import Synchronization

/// The tools that rows bring along, read and compiled once for all rows that bring the same.
final class SchemaCache: Sendable {
  /// Real datasets repeat a few thousand tools; a hostile one must not fill the memory.
  private static let most = 4_096

  private let known = Mutex<[Key: CompiledTools?]>([:])

  /// The tools that a row defines; `nil` where its prompt speaks of none after all.
  /// - Throws: `ToolFileError`.
  func tools(_ place: WrittenTools.Place) throws(ToolFileError) -> CompiledTools? {
    let key = Key(place.written)
    if let tools = known.withLock({ $0[key] }) { return tools }
    let tools = try Self.compiled(place)
    known.withLock { known in
      if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
      known[key] = tools
    }
    return tools
  }

  private static func compiled(_ place: WrittenTools.Place) throws(ToolFileError) -> CompiledTools? {
    guard let definitions = WrittenTools.definitions(place.written) else {
      if place.isPrompt { return nil }
      throw ToolFileError(path: place.path, reason: "tools are an array of definitions, and this holds none")
    }
    return CompiledTools(try ToolRegistry(ofRow: definitions, at: place.path))
  }

  /// Definitions as they are written. Their hash stands for them: 64 bits with a secret of this process, so that nobody
  /// can make two definitions meet, and chance will not.
  private struct Key: Hashable {
    private let fingerprint: Int

    init(_ tools: JSONValue) {
      var hasher = Hasher()
      tools.hashAsWritten(into: &hasher)
      fingerprint = hasher.finalize()
    }
  }
}
