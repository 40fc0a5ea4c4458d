import OrderedJSON

/// The tools that calls are checked against and made to: what stands in `TOOLS.json`.
///
/// ```json
/// [{"type": "function",
///   "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}},
///                "required": ["city"]}},
///   "execute": {"kind": "command", "argv": ["weather", "--city", "{city}"], "stdin": "none", "output": "json"}}]
/// ```
/// `CommandTool` says what a command may have.
public struct ToolRegistry: Sendable {
  /// In the order of the file.
  public let tools: [Tool]
  private let places: [String: Int]

  /// Reads the content of a tools file: an array of definitions, or an object with them under `tools`.
  /// - Throws: `ToolFileError` with the place of the first mistake.
  public init(_ json: JSONValue) throws(ToolFileError) {
    try self.init(json, at: "", readsExecution: true)
    for (index, tool) in tools.enumerated() {
      do throws(JSONSchemaError) {
        _ = try JSONSchema(ParameterSchema.closed(ParameterSchema.plain(tool.parameters).schema))
      } catch {
        throw ToolFileError(path: "/\(index)/function/parameters", reason: "\(error)")
      }
    }
  }

  /// The tools that a row of data brings along. They are never executed, whatever they say.
  /// - Parameter path: a JSON Pointer to the definitions, for errors.
  /// - Throws: `ToolFileError`.
  init(ofRow json: JSONValue, at path: String) throws(ToolFileError) {
    try self.init(json, at: path, readsExecution: false)
  }

  private init(_ json: JSONValue, at path: String, readsExecution: Bool) throws(ToolFileError) {
    let list = json["tools"] ?? json
    let listPath = json["tools"] == nil ? path : path + "/tools"
    guard let definitions = list.arrayValue else {
      throw ToolFileError(path: listPath, reason: "tools are an array of definitions, not \(list.typeName)")
    }
    var tools: [Tool] = []
    var places: [String: Int] = [:]
    for (index, definition) in definitions.enumerated() {
      let tool = try ToolDefinition.read(definition, at: "\(listPath)/\(index)", readsExecution: readsExecution)
      if let first = places[tool.name], tools[first] != tool {
        throw ToolFileError(
          path: "\(listPath)/\(index)", reason: "there is another tool \"\(tool.name)\" at \(listPath)/\(first)")
      }
      places[tool.name] = places[tool.name] ?? tools.count
      tools.append(tool)
    }
    self.tools = tools
    self.places = places
  }

  /// The tool of that name.
  public subscript(name: String) -> Tool? { places[name].map { tools[$0] } }

  /// `; did you mean …`, or nothing.
  func hint(for name: String) -> String { Suggestion.hint(for: name, among: tools.map(\.name)) }
}
