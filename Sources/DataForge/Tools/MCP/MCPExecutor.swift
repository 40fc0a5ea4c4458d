/// Makes calls to MCP servers; each sample has servers of its own.
public struct MCPExecutor: ToolExecutor {
  init(servers: [String: MCPServer], toolsFolder: String, rules: NetworkRules) async throws {}
  public func open() async throws -> any ToolSession { throw MissingExecutor(kind: .mcp) }
}
