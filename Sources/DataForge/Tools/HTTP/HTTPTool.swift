import OrderedJSON

/// A tool that is an operation of an HTTP server.
public struct HTTPTool: Hashable, Sendable {
  init(_ json: JSONValue, of tool: Tool, at path: String) throws(ToolFileError) {}
}
