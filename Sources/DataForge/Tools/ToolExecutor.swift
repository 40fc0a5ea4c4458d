/// Makes calls to one kind of tools.
public protocol ToolExecutor: Sendable {
  /// Makes one call, whose arguments follow the tool's schema, and waits for its end.
  ///
  /// Whatever the tool does is an observation.
  /// - Throws: what stops the run, for example `SandboxUnavailable`.
  func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation
}
