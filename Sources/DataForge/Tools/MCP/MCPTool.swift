import OrderedJSON

/// A tool of an MCP server: `{"kind": "mcp", "server": "time", "tool": "get_current_time"}`.
public struct MCPTool: Hashable, Sendable {
  /// The server's name in the tools file.
  public let server: String
  /// The tool's name at the server.
  public let tool: String

  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    guard let server = json["server"]?.stringValue, let tool = json["tool"]?.stringValue else {
      throw ToolFileError(path: path, reason: "an MCP tool has \"server\", a name of \"servers\", and \"tool\"")
    }
    self.server = server
    self.tool = tool
  }
}
