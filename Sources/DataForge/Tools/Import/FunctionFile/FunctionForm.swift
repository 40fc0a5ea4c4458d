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
    guard let (written, _) = ToolParameters.written(in: function) else { return ToolParameters.none }
    guard written.objectValue != nil else {
      throw ToolImportError("its parameters are no schema, but \(written.typeName)")
    }
    let (schema, changes) = ParameterSchema.plain(written)
    for change in changes where !notes.contains(change) { notes.append(change) }
    guard var plain = schema.objectValue else { return schema }
    if plain["type"] == nil, plain["properties"] != nil || plain.isEmpty { plain["type"] = "object" }
    if plain["type"] == "object", plain["properties"] == nil { plain["properties"] = [:] }
    return .object(plain)
  }
}
