import OrderedJSON

/// Reads a tool from its JSON definition.
///
/// Takes OpenAI's form (`{"type": "function", "function": {"name", "description", "parameters"}}`) and the bare
/// function. How calls are executed is read from `execute` only where the caller trusts the source: a row of data never
/// decides what runs. Nor does its tool need a name that could be called.
enum ToolDefinition {
  /// - Parameters:
  ///   - path: a JSON Pointer to the definition, for errors.
  ///   - readsExecution: whether `execute` counts.
  /// - Throws: `ToolFileError`.
  static func read(_ json: JSONValue, at path: String, readsExecution: Bool) throws(ToolFileError) -> Tool {
    guard json.objectValue != nil else {
      throw ToolFileError(path: path, reason: "a tool is an object, not \(json.typeName)")
    }
    let function = json["function"] ?? json
    let functionPath = json["function"] == nil ? path : path + "/function"
    guard let name = function["name"]?.stringValue, readsExecution ? ToolName.isLegal(name) : !name.isEmpty else {
      throw ToolFileError(path: functionPath + "/name", reason: "a tool needs a name: \(ToolName.rule)")
    }
    let (written, key) = ToolParameters.written(in: function) ?? (ToolParameters.none, "parameters")
    let parametersPath = "\(functionPath)/\(key)"
    guard written.objectValue != nil || written.boolValue != nil else {
      throw ToolFileError(path: parametersPath, reason: "parameters are a JSON Schema, not \(written.typeName)")
    }
    var tool = Tool(name: name, description: function["description"]?.stringValue, parameters: written)
    tool.isReadOnly = json["read_only"] == true
    tool.isDeterministic = json["probe"]?["deterministic"] != false
    tool.returns = json["returns"].flatMap { $0.objectValue == nil ? nil : $0 }
    tool.examples = (json["examples"] ?? function["examples"])?.arrayValue?.filter { $0.objectValue != nil } ?? []
    if readsExecution, let execute = json["execute"] {
      tool.execution = try execution(execute, of: tool, at: path + "/execute")
    }
    return tool
  }

  private static func execution(
    _ json: JSONValue, of tool: Tool, at path: String
  ) throws(ToolFileError) -> ToolExecution {
    let kinds = ToolExecution.Kind.allCases.map(\.rawValue)
    let name = json["kind"]?.stringValue ?? ""
    guard let kind = ToolExecution.Kind(rawValue: name) else {
      throw ToolFileError(
        path: path + "/kind",
        reason: "\"\(name)\" is no way to execute a tool\(Suggestion.hint(for: name, among: kinds)); known: "
          + kinds.joined(separator: ", "))
    }
    switch kind {
    case .command: return .command(try CommandTool(json, of: tool, at: path))
    case .http: return .http(try HTTPTool(json, of: tool, at: path))
    case .mcp: return .mcp(try MCPTool(json, at: path))
    }
  }
}

/// Which names tools may have.
enum ToolName {
  static let rule = "1 to 64 letters, digits, and the signs _ - . : /"

  static func isLegal(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: ":"), UInt8(ascii: "/"):
          true
        default: false
        }
      }
  }
}
