import OrderedJSON

/// Checks each call against its tool: the tool is known, and the arguments, by name, follow its schema.
///
/// An argument that the schema does not list is an error unless the schema says of itself what others may be
/// (`additionalProperties`). A row without calls passes: there is nothing that could be wrong.
struct SchemaCheck: Sendable {
  /// The tools for rows that bring none.
  private let shared: CompiledTools?
  private let cache: SchemaCache

  /// - Throws: `JSONSchemaError`, where the registry was not read from a file, which finds that earlier.
  init(registry: ToolRegistry?) throws(JSONSchemaError) {
    let schemas = CompiledSchemas()
    cache = SchemaCache(schemas: schemas)
    shared = registry.map { CompiledTools($0, schemas: schemas) }
    for tool in registry?.tools ?? [] { _ = try shared?.entry(for: tool.name) }
  }

  /// The tools that the row's calls are checked against: its own, or else the shared ones.
  /// - Throws: `ToolFileError`.
  func tools(for row: ToolRow) throws(ToolFileError) -> CompiledTools? {
    guard let place = WrittenTools.place(in: row) else { return shared }
    return try cache.tools(place) ?? shared
  }

  /// What is wrong with the row's calls, and what was read differently than written.
  func results(for row: ToolRow) -> (failures: [CheckResult], notes: [String]) {
    let tools: CompiledTools
    do throws(ToolFileError) {
      guard let found = try self.tools(for: row) else {
        guard !row.calls.isEmpty else { return ([], []) }
        return ([.fails(.schema, .tools, at: "/tools", "the row brings no tools and none were given (--tools)")], [])
      }
      tools = found
    } catch {
      return ([.fails(.schema, .tools, at: error.path, error.reason)], [])
    }
    var failures: [CheckResult] = []
    var notes: [String] = []
    for call in row.calls {
      guard let name = call.name, let arguments = call.arguments else {
        failures.append(.fails(.schema, .arguments, call, of: row, at: call.path, "the call cannot be read"))
        continue
      }
      do throws(JSONSchemaError) {
        guard let entry = try tools.entry(for: name) else {
          let reason = "there is no tool \"\(name)\"\(tools.registry.hint(for: name))"
          failures.append(.fails(.schema, .unknownTool, call, of: row, at: call.path + "/name", reason))
          continue
        }
        for note in entry.notes where !notes.contains(note) { notes.append(note) }
        // Most calls are right, and to know that is cheaper than to know why one is not.
        guard !entry.schema.accepts(arguments) else { continue }
        failures += Self.violations(of: arguments, in: entry).map {
          .fails(.schema, $0.kind, call, of: row, at: "/arguments" + $0.path, $0.reason)
        }
      } catch {
        failures.append(
          .fails(
            .schema, .tools, call, of: row, at: WrittenTools.place(in: row)?.path ?? "/tools",
            "the schema of \"\(name)\": \(error)"))
      }
    }
    return (failures, notes)
  }

  private struct Mistake {
    var kind: FailureKind
    var path: String
    var reason: String
  }

  /// Arguments too many and too few are named one by one, with a suggestion; the rest is what the schema says.
  private static func violations(of arguments: JSONValue, in entry: CompiledTools.Entry) -> [Mistake] {
    var result: [Mistake] = []
    for violation in entry.schema.violations(in: arguments, limit: 20) {
      switch violation.schemaPath {
      case "#/additionalProperties", "#/unevaluatedProperties":
        let unknown = (arguments.objectValue?.keys ?? [])
          .first { JSONPointerToken.escaped($0) == violation.instancePath }
        let hint = unknown.map { Suggestion.hint(for: $0, among: entry.argumentNames) } ?? ""
        result.append(
          Mistake(
            kind: .unknownArgument, path: violation.instancePath,
            reason: unknown.map { "there is no argument \"\($0)\"\(hint)" } ?? violation.message))
      case "#/required":
        for name in entry.required {
          let path = JSONPointerToken.escaped(name)
          guard arguments[name] == nil, !result.contains(where: { $0.path == path }) else { continue }
          result.append(Mistake(kind: .missingArgument, path: path, reason: "the argument \"\(name)\" is missing"))
        }
      default:
        // A false schema for what is not listed has no keyword of its own.
        let isUnlisted =
          violation.schemaPath.hasSuffix("/additionalProperties")
          || violation.schemaPath.hasSuffix("/unevaluatedProperties")
        result.append(
          Mistake(
            kind: isUnlisted ? .unknownArgument : FailureKind(keyword: violation.keyword),
            path: violation.instancePath, reason: violation.message))
      }
    }
    return result
  }
}
