import OrderedJSON

/// How an MCP server is reached.
public struct MCPServer: Hashable, Sendable {
  init(_ json: JSONValue, at path: String) throws(ToolFileError) {}
}
