import Foundation
import OrderedJSON

/// Makes calls to MCP servers.
///
/// Each sample gets servers of its own, started at its first call to them; servers whose calls leave nothing behind are
/// shared (`MCPServer`).
public struct MCPExecutor: ToolExecutor {
  /// Everything that a call needs to know of a server.
  struct Server: Sendable {
    var launcher: MCPLauncher
    /// `nil` where each sample has its own.
    var pool: MCPPool?
  }

  private let servers: [String: Server]
  private let promises: [String: MCPPromise]

  /// Finds the sandbox and tries it, where a server is a program.
  /// - Parameters:
  ///   - toolsFolder: where paths are relative to: the folder of the tools file.
  ///   - rules: which addresses calls may go to.
  ///   - onlyReads: whether none but read-only tools are called, apart from `setup` and `reset`.
  ///   - environment: where the variables are looked up that servers get.
  /// - Throws: `SandboxUnavailable`.
  public init(
    _ registry: ToolRegistry, toolsFolder: String, rules: NetworkRules, onlyReads: Bool = false,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws {
    var sandbox: Sandbox?
    if registry.servers.values.contains(where: { if case .program = $0.place { true } else { false } }) {
      sandbox = try await Sandbox.tried()
    }
    let clients = CheckedClients(rules: rules)
    var servers: [String: Server] = [:]
    var promises: [String: MCPPromise] = [:]
    var writing: Set<String> = []
    let hooks = Set((registry.setup + registry.reset).map(\.name))
    for tool in registry.tools {
      guard case .mcp(let mcp)? = tool.execution else { continue }
      if !tool.isReadOnly, !onlyReads || hooks.contains(tool.name) { writing.insert(mcp.server) }
      promises[tool.name] = tool.returns.flatMap(MCPPromise.init)
    }
    for (name, server) in registry.servers {
      let launcher = MCPLauncher(
        server, sandbox: sandbox, toolsFolder: toolsFolder, clients: clients, environment: environment)
      let isShared = server.isStateless ?? !writing.contains(name)
      servers[name] = Server(launcher: launcher, pool: isShared ? MCPPool(launcher) : nil)
    }
    self.servers = servers
    self.promises = promises
  }

  public func open() -> any ToolSession { MCPSession(servers: servers, promises: promises) }

  public func close() async {
    for server in servers.values { await server.pool?.close() }
  }
}
