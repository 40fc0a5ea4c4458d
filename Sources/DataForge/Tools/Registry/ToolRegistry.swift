import OrderedJSON

/// The tools that calls are checked against and made to: what stands in `TOOLS.json`.
///
/// ```json
/// [{"type": "function",
///   "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}},
///                "required": ["city"]}},
///   "execute": {"kind": "command", "argv": ["weather", "--city", "{city}"], "stdin": "none", "output": "json"}}]
/// ```
/// `CommandTool`, `HTTPTool` and `MCPTool` say what `execute` may hold; `read_only` and `examples` may stand beside it.
/// Where more is needed than a list, the file is an object:
/// ```json
/// {"hosts": ["api.example.org", "127.0.0.1:8801"], "servers": {"time": {"command": ["mcp-server-time"]}},
///  "setup": [{"name": "login", "arguments": {}}], "reset": [{"name": "clear", "arguments": {}}], "tools": []}
/// ```
/// - `hosts`: where HTTP calls may go (`NetworkRules`).
/// - `servers`: MCP servers by name (`MCPServer`).
/// - `setup` and `reset`: calls before and after each sample.
public struct ToolRegistry: Sendable {
  /// In the order of the file.
  public let tools: [Tool]
  /// Hosts that HTTP calls may go to, as written: `host` or `host:port`.
  public let hosts: [String]
  /// The MCP servers that tools belong to, by name.
  public let servers: [String: MCPServer]
  /// Calls before the first one of each sample.
  public let setup: [ToolCall]
  /// Calls after the last one of each sample.
  public let reset: [ToolCall]
  private let places: [String: Int]

  /// Reads the content of a tools file: an array of definitions, or an object with them under `tools`.
  /// - Throws: `ToolFileError` with the place of the first mistake.
  public init(_ json: JSONValue) throws(ToolFileError) {
    try self.init(json, at: "", readsExecution: true)
    for (index, tool) in tools.enumerated() {
      do throws(JSONSchemaError) {
        _ = try ParameterSchema.compiled(tool.parameters)
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
    var paths: [String] = []
    for (definition, path) in ToolGroups.definitions(definitions, at: listPath) {
      if !readsExecution, ToolGroups.isBuiltIn(definition) { continue }
      let tool = try ToolDefinition.read(definition, at: path, readsExecution: readsExecution)
      if let first = places[tool.name], tools[first] != tool {
        throw ToolFileError(path: path, reason: "there is another tool \"\(tool.name)\" at \(paths[first])")
      }
      paths.append(path)
      places[tool.name] = places[tool.name] ?? tools.count
      tools.append(tool)
    }
    self.tools = tools
    self.places = places
    guard readsExecution, json["tools"] != nil else {
      (hosts, servers, setup, reset) = ([], [:], [], [])
      return
    }
    hosts = try Self.hosts(json["hosts"])
    servers = try Self.servers(json["servers"])
    setup = try Self.calls(json["setup"], at: "/setup", names: places)
    reset = try Self.calls(json["reset"], at: "/reset", names: places)
    for (index, tool) in tools.enumerated() {
      guard case .mcp(let mcp)? = tool.execution, servers[mcp.server] == nil else { continue }
      throw ToolFileError(
        path: "/tools/\(index)/execute/server",
        reason: "there is no server \"\(mcp.server)\"\(Suggestion.hint(for: mcp.server, among: servers.keys.sorted()))")
    }
  }

  private static func hosts(_ json: JSONValue?) throws(ToolFileError) -> [String] {
    guard let json else { return [] }
    guard let list = json.arrayValue, list.allSatisfy({ $0.stringValue != nil }) else {
      throw ToolFileError(path: "/hosts", reason: "hosts are an array of names, such as \"api.example.org\"")
    }
    for (index, entry) in list.enumerated() {
      do throws(WebAddress.Invalid) {
        _ = try HostPattern(entry.stringValue ?? "")
      } catch {
        throw ToolFileError(path: "/hosts/\(index)", reason: error.reason)
      }
    }
    return list.compactMap(\.stringValue)
  }

  private static func servers(_ json: JSONValue?) throws(ToolFileError) -> [String: MCPServer] {
    guard let json else { return [:] }
    guard let object = json.objectValue else {
      throw ToolFileError(path: "/servers", reason: "servers are an object: each server by its name")
    }
    var servers: [String: MCPServer] = [:]
    for (name, server) in object {
      servers[name] = try MCPServer(server, at: "/servers" + JSONPointerToken.escaped(name))
    }
    return servers
  }

  private static func calls(
    _ json: JSONValue?, at path: String, names: [String: Int]
  ) throws(ToolFileError) -> [ToolCall] {
    guard let json else { return [] }
    guard let list = json.arrayValue else { throw ToolFileError(path: path, reason: "it is an array of calls") }
    var calls: [ToolCall] = []
    for (index, call) in list.enumerated() {
      guard let name = call["name"]?.stringValue, names[name] != nil else {
        throw ToolFileError(
          path: "\(path)/\(index)/name", reason: "a call names one of the file's tools and has \"arguments\"")
      }
      calls.append(ToolCall(name: name, arguments: call["arguments"] ?? [:]))
    }
    return calls
  }

  /// The tool of that name.
  public subscript(name: String) -> Tool? { places[name].map { tools[$0] } }

  /// `; did you mean …`, or nothing.
  func hint(for name: String) -> String { Suggestion.hint(for: name, among: tools.map(\.name)) }
}
