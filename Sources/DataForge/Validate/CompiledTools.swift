import OrderedJSON
import Synchronization

/// The tools of a file or a row, their schemas compiled at the first call.
final class CompiledTools: Sendable {
  /// A tool's parameters, ready to check calls.
  final class Entry: Sendable {
    let schema: JSONSchema
    /// The schema in plain terms.
    let plain: JSONValue
    /// The names of the arguments that the schema lists at its top.
    let argumentNames: [String]
    /// The arguments that it demands at its top.
    let required: [String]
    /// What was read differently than written.
    let notes: [String]

    /// - Throws: `JSONSchemaError`.
    init(_ parameters: JSONValue) throws(JSONSchemaError) {
      (schema, plain, notes) = try ParameterSchema.compiled(parameters)
      argumentNames = plain["properties"]?.objectValue?.keys ?? []
      required = (plain["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
  }

  let registry: ToolRegistry
  private let entries = Mutex<[String: CompiledSchemas.Result]>([:])

  private let schemas: CompiledSchemas

  /// - Parameter schemas: where what was compiled for other tools is found.
  init(_ registry: ToolRegistry, schemas: CompiledSchemas) {
    self.registry = registry
    self.schemas = schemas
  }

  /// The compiled form of a tool's parameters; `nil` where there is no such tool.
  /// - Throws: `JSONSchemaError`.
  func entry(for name: String) throws(JSONSchemaError) -> Entry? {
    if let known = entries.withLock({ $0[name] }) { return try known.get() }
    guard let tool = registry[name] else { return nil }
    let entry = schemas.entry(tool.parameters)
    entries.withLock { $0[name] = entry }
    return try entry.get()
  }
}
