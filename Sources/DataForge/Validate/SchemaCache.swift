import OrderedJSON
import Synchronization

/// The tools that rows bring along, read and compiled once for all rows that bring the same.
final class SchemaCache: Sendable {
  /// Real datasets repeat a few thousand tools; a hostile one must not fill the memory.
  private static let most = 4_096

  private let known = Mutex<[Key: CompiledTools]>([:])

  /// The tools that a row's `tools` define.
  /// - Throws: `ToolFileError`.
  func tools(_ written: JSONValue) throws(ToolFileError) -> CompiledTools {
    let key = Key(written)
    if let tools = known.withLock({ $0[key] }) { return tools }
    let tools = CompiledTools(try ToolRegistry(ofRow: ToolRow.unwrapped(written), at: "/tools"))
    known.withLock { known in
      if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
      known[key] = tools
    }
    return tools
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
