import Foundation
import OrderedJSON
import Synchronization

/// Starts one server of the tools file, as often as it is needed.
final class MCPLauncher: Sendable {
  /// After so many starts in a row that failed, a server is not started again.
  private static let mostFailures = 5

  let server: MCPServer
  private let sandbox: Sandbox?
  private let toolsFolder: String
  private let clients: CheckedClients
  /// What the environment variables that the server gets hold; it must not appear in what is written.
  let secrets: MCPSecrets
  private let failures = Mutex<(count: Int, last: MCPFailure?)>((0, nil))

  init(
    _ server: MCPServer, sandbox: Sandbox?, toolsFolder: String, clients: CheckedClients,
    environment: [String: String]
  ) {
    self.server = server
    self.sandbox = sandbox
    self.toolsFolder = toolsFolder
    self.clients = clients
    secrets = MCPSecrets(of: server, environment)
  }

  /// Starts or reaches the server, and agrees with it on a version.
  func start() async throws(MCPFailure) -> MCPConnection {
    if let last = failures.withLock({ $0.count >= Self.mostFailures ? $0.last : nil }) {
      throw MCPFailure(
        status: last.status, message: "\(last.message) (the server failed to start \(Self.mostFailures) times)")
    }
    do throws(MCPFailure) {
      let connection = try await MCPConnection.open(try transport(), limits: server.limits)
      failures.withLock { $0 = (0, nil) }
      return connection
    } catch {
      if !Task.isCancelled { failures.withLock { $0 = ($0.count + 1, error) } }
      throw error
    }
  }

  private func transport() throws(MCPFailure) -> any MCPTransport {
    if let name = secrets.missing.first {
      throw MCPFailure(
        status: .notExecutable,
        message: "the server needs the environment variable \(name), which is not set; set it for forge")
    }
    switch server.place {
    case .site(let site):
      return HTTPTransport(site, clients: clients, headers: secrets.headers, limits: server.limits)
    case .program(let program):
      guard let sandbox else {
        throw MCPFailure(status: .notExecutable, message: "there is no sandbox to start the server in")
      }
      var environment = secrets.environment
      guard program.isSandboxed else {
        for name in ["PATH", "HOME", "LANG"] where environment[name] == nil {
          environment[name] = ProcessInfo.processInfo.environment[name]
        }
        return StdioTransport(
          words: sandbox.leash(program.command), environment: environment, limits: server.limits, grace: .seconds(2))
      }
      for (name, value) in Sandbox.environment where environment[name] == nil { environment[name] = value }
      let words = sandbox.commandLine(
        for: program.command, limits: server.limits.process, network: program.network,
        directory: try program.directory.map { text throws(MCPFailure) in try path(text) },
        readable: try readable(program), keepsEnvironment: true)
      return StdioTransport(words: words, environment: environment, limits: server.limits, grace: nil)
    }
  }

  private func readable(_ program: MCPServer.Program) throws(MCPFailure) -> [String] {
    var paths: [String] = []
    for text in program.readable { paths.append(try path(text)) }
    return paths
  }

  /// The full path of a file or folder that the server may see.
  private func path(_ text: String) throws(MCPFailure) -> String {
    let base = URL(fileURLWithPath: toolsFolder, isDirectory: true)
    let path = URL(fileURLWithPath: text, relativeTo: base).standardizedFileURL.path
    guard FileManager.default.fileExists(atPath: path) else {
      throw MCPFailure(status: .notExecutable, message: "the server may read \(path), but there is no such path")
    }
    guard !["/", "/proc", "/dev", "/sys", "/tmp"].contains(path) else {
      throw MCPFailure(
        status: .notExecutable, message: "a sandboxed server cannot be shown all of \(path); name what it needs")
    }
    return path
  }
}
