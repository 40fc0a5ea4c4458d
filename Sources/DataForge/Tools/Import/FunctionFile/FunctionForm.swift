import OrderedJSON

/// Brings one definition into OpenAI's form.
enum FunctionForm {
  /// The tool, and what was read differently than written.
  /// - Throws: `ToolImportError` where it is no definition of a function.
  static func tool(_ json: JSONValue) throws(ToolImportError) -> (tool: JSONValue, notes: [String]) {
    let function = json["function"]?.objectValue.map(JSONValue.object) ?? json
    guard let given = function["name"]?.stringValue, !given.isEmpty else {
      throw ToolImportError("it has no name, so it is no function definition")
    }
    var notes: [String] = []
    var name = given
    if !ToolName.isLegal(given) {
      name = ToolNames.legal(given)
      notes.append("the name \(given.shown) is not legal (\(ToolName.rule)) and becomes \"\(name)\"")
    }
    var result: JSONObject = ["name": .string(name)]
    if let description = function["description"]?.stringValue { result["description"] = .string(description) }
    let schema = try parameters(of: function, &notes)
    result["parameters"] = schema
    if let strict = function["strict"] { result["strict"] = strict }
    var tool: JSONObject = ["type": "function", "function": .object(result)]
    for key in ["read_only", "examples", "execute"] { tool[key] = json[key] ?? function[key] }
    // MCP's word for the same.
    if tool["read_only"] == nil, json["annotations"]?["readOnlyHint"] == true { tool["read_only"] = true }
    return (.object(tool), notes)
  }

  private static func parameters(
    of function: JSONValue, _ notes: inout [String]
  ) throws(ToolImportError) -> JSONValue {
    let keys = [
      "parameters", "input_schema", "inputSchema", "parameters_json_schema", "parametersJsonSchema",
      "parameter_definitions", "arguments",
    ]
    guard let written = keys.lazy.compactMap({ function[$0] }).first(where: { !$0.isNull }) else {
      return ["type": "object", "properties": [:]]
    }
    var value = written
    if let text = written.stringValue, let inner = try? JSONValue(parsing: text) { value = inner }
    guard let object = value.objectValue else {
      throw ToolImportError("its parameters are no schema, but \(value.typeName)")
    }
    if isListOfParameters(object) {
      notes.append("parameters by name (as xLAM writes them) are written as a JSON Schema")
      return ParametersByName.schema(object, &notes)
    }
    let (schema, changes) = ParameterSchema.plain(lowercased(value, depth: 0))
    for change in changes where !notes.contains(change) { notes.append(change) }
    guard var plain = schema.objectValue else { return schema }
    if plain["type"] == nil, plain["properties"] != nil || plain.isEmpty { plain["type"] = "object" }
    if plain["type"] == "object", plain["properties"] == nil { plain["properties"] = [:] }
    return .object(plain)
  }

  /// Whether the members are parameters and not a schema's keywords: each says what type it has.
  private static func isListOfParameters(_ object: JSONObject) -> Bool {
    guard !object.isEmpty, object["properties"]?.objectValue == nil || object["type"]?.objectValue != nil else {
      return false
    }
    return object.allSatisfy { member in
      guard let inner = member.value.objectValue else { return false }
      return inner["type"]?.stringValue != nil || inner["description"]?.stringValue != nil
    } && object["$ref"] == nil && object["allOf"] == nil
  }

  private static let types: Set<String> = ["STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL"]

  /// Gemini's type names in small letters, at every place where a schema can stand.
  private static func lowercased(_ schema: JSONValue, depth: Int) -> JSONValue {
    guard depth < 128 else { return schema }
    switch schema {
    case .array(let list): return .array(list.map { lowercased($0, depth: depth + 1) })
    case .object(let object):
      var result = JSONObject()
      for (key, value) in object {
        switch key {
        case "type":
          let isName = value.stringValue.map { types.contains($0) } ?? false
          result[key] = isName ? .string(value.stringValue?.lowercased() ?? "") : lowercased(value, depth: depth + 1)
        case "enum", "default", "example", "examples", "const", "required": result[key] = value
        case "property_ordering", "propertyOrdering": break
        default: result[key] = lowercased(value, depth: depth + 1)
        }
      }
      return .object(result)
    default: return schema
    }
  }
}
