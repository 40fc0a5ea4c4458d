import OrderedJSON

/// Checks each call against its tool: the tool is known, and the arguments, by name, follow its schema.
///
/// An argument that the schema does not list is an error unless the schema says of itself what others may be
/// (`additionalProperties`). A row without calls passes: there is nothing that could be wrong.
struct SchemaCheck: Sendable {
  /// The tools for rows that bring none.
  let registry: ToolRegistry?
  private let compiled: [String: JSONSchema]

  /// Compiles the schemas of the registry once.
  /// - Throws: `JSONSchemaError`; a `ToolRegistry` from a file holds none that could cause it.
  init(registry: ToolRegistry?) throws(JSONSchemaError) {
    self.registry = registry
    var compiled: [String: JSONSchema] = [:]
    for tool in registry?.tools ?? [] { compiled[tool.name] = try JSONSchema(ParameterSchema.closed(tool.parameters)) }
    self.compiled = compiled
  }

  /// What is wrong with the row's calls, and what was read differently than written.
  func results(for row: ToolRow) -> (failures: [CheckResult], notes: [String]) {
    let own: ToolRegistry?
    do throws(ToolFileError) {
      own = try row.tools()
    } catch {
      return ([.fails(.schema, at: error.path, error.reason)], [])
    }
    guard let tools = own ?? registry else {
      guard !row.calls.isEmpty else { return ([], []) }
      return ([.fails(.schema, at: "/tools", "the row brings no tools and none were given (--tools)")], [])
    }
    var failures: [CheckResult] = []
    var notes: [String] = []
    for call in row.calls {
      guard let name = call.name, let arguments = call.arguments else {
        failures.append(.fails(.schema, call, of: row, at: call.path, "the call cannot be read"))
        continue
      }
      guard let tool = tools[name] else {
        let reason = "there is no tool \"\(name)\"\(tools.hint(for: name))"
        failures.append(.fails(.schema, call, of: row, at: call.path + "/name", reason))
        continue
      }
      for note in tool.notes where !notes.contains(note) { notes.append(note) }
      do throws(JSONSchemaError) {
        failures += violations(of: arguments, in: try schema(of: tool, isOwn: own != nil), of: tool).map {
          .fails(.schema, call, of: row, at: "/arguments" + $0.path, $0.reason)
        }
      } catch {
        failures.append(.fails(.schema, call, of: row, at: "/tools", "the schema of \"\(name)\": \(error)"))
      }
    }
    return (failures, notes)
  }

  private func schema(of tool: Tool, isOwn: Bool) throws(JSONSchemaError) -> JSONSchema {
    if !isOwn, let schema = compiled[tool.name] { return schema }
    return try JSONSchema(ParameterSchema.closed(tool.parameters))
  }

  /// Arguments too many and too few are named one by one, with a suggestion; the rest is what the schema says.
  private func violations(
    of arguments: JSONValue, in schema: JSONSchema, of tool: Tool
  ) -> [(path: String, reason: String)] {
    var result: [(path: String, reason: String)] = []
    for violation in schema.violations(in: arguments, limit: 20) {
      switch violation.schemaPath {
      case "#/additionalProperties", "#/unevaluatedProperties":
        let unknown = (arguments.objectValue?.keys ?? [])
          .first { JSONPointerToken.escaped($0) == violation.instancePath }
        guard let unknown else {
          result.append((violation.instancePath, violation.message))
          continue
        }
        let hint = Suggestion.hint(for: unknown, among: tool.argumentNames)
        result.append((violation.instancePath, "there is no argument \"\(unknown)\"\(hint)"))
      case "#/required":
        for name in (tool.parameters["required"]?.arrayValue ?? []).compactMap(\.stringValue) {
          let path = JSONPointerToken.escaped(name)
          guard arguments[name] == nil, !result.contains(where: { $0.path == path }) else { continue }
          result.append((path, "the argument \"\(name)\" is missing"))
        }
      default:
        result.append((violation.instancePath, violation.message))
      }
    }
    return result
  }
}
