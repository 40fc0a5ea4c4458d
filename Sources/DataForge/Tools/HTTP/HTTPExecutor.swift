/// Makes HTTP calls.
public struct HTTPExecutor: ToolExecutor, ToolSession {
  let rules: NetworkRules
  public func open() -> any ToolSession { self }
  public func close() {}
  public func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation { Observation(status: .notExecutable) }
}
