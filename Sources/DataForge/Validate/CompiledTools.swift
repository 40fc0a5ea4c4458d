import OrderedJSON
import Synchronization

/// The tools of a file or a row, their schemas compiled at the first call.
final class CompiledTools: Sendable {
  /// A tool's parameters, ready to check calls.
  struct Entry: Sendable {
    var schema: JSONSchema
    /// The schema in plain terms.
    var plain: JSONValue
    /// The names of the arguments that the schema lists at its top.
    var argumentNames: [String]
    /// The arguments that it demands at its top.
    var required: [String]
    /// What was read differently than written.
    var notes: [String]
  }

  let registry: ToolRegistry
  private let entries = Mutex<[String: Result<Entry, JSONSchemaError>]>([:])

  init(_ registry: ToolRegistry) { self.registry = registry }

  /// The compiled form of a tool's parameters; `nil` where there is no such tool.
  /// - Throws: `JSONSchemaError`.
  func entry(for name: String) throws(JSONSchemaError) -> Entry? {
    if let known = entries.withLock({ $0[name] }) { return try known.get() }
    guard let tool = registry[name] else { return nil }
    let entry = Self.compile(tool.parameters)
    entries.withLock { $0[name] = entry }
    return try entry.get()
  }

  private static func compile(_ parameters: JSONValue) -> Result<Entry, JSONSchemaError> {
    do throws(JSONSchemaError) {
      let (schema, plain, notes) = try ParameterSchema.compiled(parameters)
      return .success(
        Entry(
          schema: schema, plain: plain, argumentNames: plain["properties"]?.objectValue?.keys ?? [],
          required: (plain["required"]?.arrayValue ?? []).compactMap(\.stringValue), notes: notes))
    } catch {
      return .failure(error)
    }
  }
}
