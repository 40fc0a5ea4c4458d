import OrderedJSON

/// A tool of an MCP server: `{"kind": "mcp", "server": "time", "tool": "get_current_time"}`.
///
/// `returns` beside `execute` is what the server promises of the tool's structured answers.
public struct MCPTool: Hashable, Sendable {
  /// The server's name in the tools file.
  public let server: String
  /// The tool's name at the server.
  public let tool: String

  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    guard let server = json["server"]?.stringValue, let tool = json["tool"]?.stringValue else {
      throw ToolFileError(path: path, reason: "an MCP tool has \"server\", a name of \"servers\", and \"tool\"")
    }
    let known = ["kind", "server", "tool"]
    for key in json.objectValue?.keys ?? [] where !known.contains(key) {
      throw ToolFileError(
        path: path + JSONPointerToken.escaped(key),
        reason: "an MCP tool has no such key\(Suggestion.hint(for: key, among: known))")
    }
    self.server = server
    self.tool = tool
  }
}
