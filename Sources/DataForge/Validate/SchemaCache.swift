import OrderedJSON
import Synchronization

/// Schemas of tools, compiled once for all rows that bring the same tool along.
final class SchemaCache: Sendable {
  /// A tool's parameters, ready to check calls.
  struct Entry: Sendable {
    var schema: JSONSchema
    /// The names of the arguments that the schema lists at its top.
    var argumentNames: [String]
    /// The arguments that it demands at its top.
    var required: [String]
    /// What was read differently than written.
    var notes: [String]
  }

  /// Real datasets repeat a few thousand tools; a hostile one must not fill the memory.
  private static let most = 4_096

  private let entries = Mutex<[JSONValue: Entry]>([:])

  /// The compiled form of a tool's parameters as they are written.
  /// - Throws: `JSONSchemaError`.
  func entry(for parameters: JSONValue) throws(JSONSchemaError) -> Entry {
    if let entry = entries.withLock({ $0[parameters] }) { return entry }
    let (plain, notes) = ParameterSchema.plain(parameters)
    let entry = Entry(
      schema: try JSONSchema(ParameterSchema.closed(plain)),
      argumentNames: plain["properties"]?.objectValue?.keys ?? [],
      required: (plain["required"]?.arrayValue ?? []).compactMap(\.stringValue), notes: notes)
    entries.withLock { entries in
      if entries.count >= Self.most { entries.removeAll(keepingCapacity: true) }
      entries[parameters] = entry
    }
    return entry
  }
}
