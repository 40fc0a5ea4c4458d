import OrderedJSON
import Synchronization

/// The tools that rows bring along, read and compiled once for all rows that bring the same.
final class SchemaCache: Sendable {
  private struct State {
    var tools: [WrittenJSON: CompiledTools?] = [:]
    /// By the place in memory of definitions that rows share; they are held, so that no others come to stand there.
    var shared: [UInt: (written: JSONValue, tools: CompiledTools?)] = [:]
  }

  /// Real datasets repeat a few thousand tools; a hostile one must not fill the memory.
  private static let most = 4_096

  private let schemas: CompiledSchemas
  private let state = Mutex(State())

  init(schemas: CompiledSchemas) { self.schemas = schemas }

  /// The tools that a row defines; `nil` where its prompt speaks of none after all.
  /// - Throws: `ToolFileError`.
  func tools(_ place: WrittenTools.Place) throws(ToolFileError) -> CompiledTools? {
    let storage = place.written.storage
    if let storage, let known = state.withLock({ $0.shared[storage] }) { return known.tools }
    let key = WrittenJSON(place.written)
    guard let known = state.withLock({ $0.tools[key] }) else {
      let tools = try compiled(place)
      state.withLock { $0.tools.keep(tools, key, most: Self.most) }
      return tools
    }
    if let storage { state.withLock { $0.shared.keep((place.written, known), storage, most: Self.most) } }
    return known
  }

  private func compiled(_ place: WrittenTools.Place) throws(ToolFileError) -> CompiledTools? {
    guard let definitions = WrittenTools.definitions(place.written) else {
      if place.isPrompt { return nil }
      throw ToolFileError(path: place.path, reason: "tools are an array of definitions, and this holds none")
    }
    return CompiledTools(try ToolRegistry(ofRow: definitions, at: place.path), schemas: schemas)
  }
}
