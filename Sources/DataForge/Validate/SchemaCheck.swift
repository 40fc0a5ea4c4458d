import OrderedJSON

/// Checks each call against its tool: the tool is known, and the arguments, by name, follow its schema.
///
/// An argument that the schema does not list is an error unless the schema says of itself what others may be
/// (`additionalProperties`). A row without calls passes: there is nothing that could be wrong.
struct SchemaCheck: Sendable {
  /// The tools for rows that bring none.
  let registry: ToolRegistry?
  private let cache = SchemaCache()

  /// - Throws: `JSONSchemaError`, where the registry was not read from a file, which finds that earlier.
  init(registry: ToolRegistry?) throws(JSONSchemaError) {
    self.registry = registry
    for tool in registry?.tools ?? [] { _ = try cache.entry(for: tool.parameters) }
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
      do throws(JSONSchemaError) {
        let entry = try cache.entry(for: tool.parameters)
        for note in entry.notes where !notes.contains(note) { notes.append(note) }
        failures += Self.violations(of: arguments, in: entry).map {
          .fails(.schema, call, of: row, at: "/arguments" + $0.path, $0.reason)
        }
      } catch {
        failures.append(.fails(.schema, call, of: row, at: "/tools", "the schema of \"\(name)\": \(error)"))
      }
    }
    return (failures, notes)
  }

  /// Arguments too many and too few are named one by one, with a suggestion; the rest is what the schema says.
  private static func violations(
    of arguments: JSONValue, in entry: SchemaCache.Entry
  ) -> [(path: String, reason: String)] {
    // Most calls are right, and to know that is cheaper than to know why one is not.
    guard !entry.schema.accepts(arguments) else { return [] }
    var result: [(path: String, reason: String)] = []
    for violation in entry.schema.violations(in: arguments, limit: 20) {
      switch violation.schemaPath {
      case "#/additionalProperties", "#/unevaluatedProperties":
        let unknown = (arguments.objectValue?.keys ?? [])
          .first { JSONPointerToken.escaped($0) == violation.instancePath }
        guard let unknown else {
          result.append((violation.instancePath, violation.message))
          continue
        }
        let hint = Suggestion.hint(for: unknown, among: entry.argumentNames)
        result.append((violation.instancePath, "there is no argument \"\(unknown)\"\(hint)"))
      case "#/required":
        for name in entry.required {
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
