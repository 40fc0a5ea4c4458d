import OrderedJSON

/// The servers of one sample, each started at the first call to it.
///
/// A server that ended within a sample is not started again: what the sample did with it is gone.
actor MCPSession: ToolSession {
  private let servers: [String: MCPExecutor.Server]
  private let promises: [String: MCPPromise]
  private var own: [String: Task<Result<MCPConnection, MCPFailure>, Never>] = [:]
  private var isClosed = false

  init(servers: [String: MCPExecutor.Server], promises: [String: MCPPromise]) {
    self.servers = servers
    self.promises = promises
  }

  func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation {
    guard case .mcp(let mcp)? = tool.execution, let server = servers[mcp.server] else {
      return Observation(status: .notExecutable, message: "the tool is of no MCP server")
    }
    let start = ContinuousClock.now
    var observation: Observation
    do throws(MCPFailure) {
      let reply: MCPReply
      if let pool = server.pool {
        reply = try await pool.call(mcp.tool, call.arguments, schema: tool.parameters)
      } else {
        reply = try await connection(to: mcp.server, server.launcher).call(
          mcp.tool, call.arguments, schema: tool.parameters)
      }
      observation = MCPAnswer.observation(of: reply, promise: promises[tool.name])
    } catch {
      try Task.checkCancellation()
      observation = error.observation
    }
    observation = server.launcher.secrets.removed(from: observation)
    observation.duration = start.duration(to: .now)
    return observation
  }

  func close() async {
    isClosed = true
    for task in own.values {
      task.cancel()
      if case .success(let connection) = await task.value { await connection.close() }
    }
    own = [:]
  }

  private func connection(to name: String, _ launcher: MCPLauncher) async throws(MCPFailure) -> MCPConnection {
    guard !isClosed else { throw MCPFailure(status: .unreachable, message: "the session is closed") }
    if let task = own[name] { return try await task.value.get() }
    let task = Task { () -> Result<MCPConnection, MCPFailure> in
      do throws(MCPFailure) { return .success(try await launcher.start()) } catch { return .failure(error) }
    }
    own[name] = task
    return try await task.value.get()
  }
}
