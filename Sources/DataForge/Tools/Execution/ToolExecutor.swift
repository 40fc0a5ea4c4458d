/// Makes calls to one kind of tools.
public protocol ToolExecutor: Sendable {
  /// Opens what the calls of one sample share: a clean state, such as a fresh server.
  /// - Throws: what stops the run, for example `SandboxUnavailable`. A server that does not start is no such thing: its
  ///   calls then end as observations that say so.
  func open() async throws -> any ToolSession

  /// Ends what samples shared. Sessions are closed before.
  func close() async
}

extension ToolExecutor {
  public func close() async {}
}

/// The state that the calls of one sample share.
public protocol ToolSession: Sendable {
  /// Makes one call, whose arguments follow the tool's schema, and waits for its end. Calls may overlap.
  ///
  /// Whatever the tool does is an observation.
  /// - Throws: what stops the run.
  func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation

  /// Whether a call before has left something behind that goes along with the calls to come, such as a cookie.
  var remembers: Bool { get }

  /// Ends everything that the session started.
  func close() async
}

extension ToolSession {
  public var remembers: Bool { false }
}
