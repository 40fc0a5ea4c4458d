import Foundation
import OrderedJSON

/// Makes tools of an MCP server's list.
public struct MCPImport: Sendable {
  /// What the user decides.
  public struct Options: Sendable {
    /// The server's name in the tools file; `nil` for the name that it gives itself.
    public var name: String?
    /// Names of environment variables that a program gets.
    public var environment: [String] = []
    /// Names of environment variables by the header of each request that they fill.
    public var headers: [(header: String, variable: String)] = []
    /// Paths that a program may read, besides those that are found by themselves.
    public var readable: [String] = []
    /// A folder that a program sees as `/tool`.
    public var directory: String?
    /// Whether a program may use the network.
    public var network = false
    /// Whether a program is locked in.
    public var isSandboxed = true
    /// Whether samples may share the server.
    public var isStateless = false
    /// Seconds until the server has to be ready; `nil` for the default.
    public var startSeconds: Double?
    /// Hosts that the user allows.
    public var allowedHosts: [String] = []
    /// The tools file that the tools are added to; those of a server of the same name are replaced.
    public var existing: JSONValue?

    /// Takes the defaults.
    public init() {}
  }

  /// Starts or reaches the server, reads its list of tools, and ends it.
  /// - Parameter command: the program and its arguments, or a URL alone.
  /// - Throws: `ToolImportError`, `SandboxUnavailable`.
  public static func run(_ command: [String], options: Options = Options()) async throws -> ToolImport {
    var result = ToolImport(source: "", file: .null)
    let entry = try entry(for: command, options, &result)
    let server: MCPServer
    do throws(ToolFileError) {
      server = try MCPServer(.object(entry), at: "")
    } catch {
      throw ToolImportError(error.reason)
    }
    var hosts: [String] = []
    if case .site(let site) = server.place { hosts = try Self.hosts(of: site, options, &result) }
    let launcher = MCPLauncher(
      server, sandbox: hosts.isEmpty && isProgram(server) ? try await Sandbox.tried() : nil, toolsFolder: "/",
      clients: CheckedClients(rules: NetworkRules(hosts: hosts, named: options.allowedHosts)),
      environment: ProcessInfo.processInfo.environment)
    result.variables = options.environment + options.headers.map(\.variable)
    do {
      let connection = try await launcher.start()
      let list: Result<[JSONValue], MCPFailure>
      do throws(MCPFailure) { list = .success(try await connection.tools()) } catch { list = .failure(error) }
      await connection.close()
      let title = connection.serverName
      let name = options.name ?? defaultName(title, command)
      result.source = "\(name) (MCP \(connection.version.rawValue))"
      return try Self.file(of: list.get(), name: name, entry, hosts: hosts, options, &result)
    } catch let error as MCPFailure {
      throw ToolImportError(launcher.secrets.removed(from: advice(for: error, server)))
    }
  }

  private static func isProgram(_ server: MCPServer) -> Bool {
    if case .program = server.place { true } else { false }
  }

  // MARK: The server

  /// What stands under `servers`.
  private static func entry(
    for command: [String], _ options: Options, _ result: inout ToolImport
  ) throws(ToolImportError) -> JSONObject {
    guard let first = command.first else { throw ToolImportError("there is no command and no URL") }
    var entry = JSONObject()
    if command.count == 1, first.hasPrefix("http://") || first.hasPrefix("https://") {
      entry["url"] = .string(first)
      if !options.headers.isEmpty {
        entry["headers_env"] = .object(JSONObject(options.headers.map { ($0.header, .string($0.variable)) }))
      }
    } else {
      let search = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
      let folder = FileManager.default.currentDirectoryPath
      func full(_ path: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardizedFileURL.path
      }
      let found = ProgramFiles(command, in: folder, search: search)
      let given = options.readable.map(full).filter { !found.readable.contains($0) }
      let readable = options.isSandboxed ? found.readable + given : []
      entry["command"] = .array(found.command.map { .string($0) })
      if !options.environment.isEmpty { entry["env"] = .array(options.environment.map { .string($0) }) }
      if !readable.isEmpty {
        entry["readable"] = .array(readable.map { .string($0) })
        result.notes.append("the server may read \(readable.joined(separator: ", "))")
      }
      if let directory = options.directory { entry["directory"] = .string(full(directory)) }
      if options.network {
        entry["network"] = true
        result.notes.append("the server may use the network")
      }
      if !options.isSandboxed {
        entry["sandbox"] = false
        result.notes.append("the server is not locked in: it may do whatever you may")
      }
    }
    if options.isStateless { entry["stateless"] = true }
    if let seconds = options.startSeconds { entry["limits"] = ["start_seconds": .double(seconds)] }
    return entry
  }

  private static func hosts(
    of site: MCPServer.Site, _ options: Options, _ result: inout ToolImport
  ) throws(ToolImportError) -> [String] {
    let address: WebAddress
    do throws(WebAddress.Invalid) { address = try WebAddress(site.url) } catch { throw ToolImportError(error.reason) }
    let kind = IPAddress(address.host).map(AddressKind.init) ?? (address.host == "localhost" ? .loopback : .everywhere)
    switch kind {
    case .everywhere: break
    case .loopback: result.notes.append("calls go to \(address.hostAndPort), on this machine")
    case .private: result.notes.append("calls go to \(address.hostAndPort), in your private network")
    case .linkLocal, .reserved:
      guard !options.allowedHosts.isEmpty else {
        throw ToolImportError(
          "\(address.hostAndPort) is a \(kind.rawValue) address; if that is meant, allow it with --allow-host "
            + address.hostAndPort)
      }
      return []
    }
    return [address.hostAndPort]
  }

  private static func defaultName(_ title: String?, _ command: [String]) -> String {
    let program = command.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
    return ToolNames.legal(title ?? program)
  }

  private static func advice(for failure: MCPFailure, _ server: MCPServer) -> String {
    var text = "the server lists no tools: \(failure.message)"
    guard case .program(let program) = server.place, program.isSandboxed else { return text }
    if failure.status == .unreachable || failure.status == .notExecutable {
      text += "; it runs in a sandbox, which shows it /usr and "
      text += program.readable.isEmpty ? "nothing else" : program.readable.joined(separator: ", ")
      text += " (--readable PATH shows more, --network lets it use the network, --no-sandbox takes the sandbox away)"
    }
    return text
  }

  // MARK: The tools

  private static func file(
    of list: [JSONValue], name: String, _ entry: JSONObject, hosts: [String], _ options: Options,
    _ result: inout ToolImport
  ) throws(ToolImportError) -> ToolImport {
    var file = try existing(options.existing, without: name)
    var servers = file["servers"]?.objectValue ?? [:]
    servers[name] = .object(entry)
    var tools = file["tools"]?.arrayValue ?? []
    var names = ToolNames()
    var taken: Set<String> = []
    for case let known? in tools.map({ ($0["function"] ?? $0)["name"]?.stringValue }) {
      taken.insert(known)
      _ = names.name(for: known)
    }
    let before = tools.count
    for (index, described) in list.enumerated() {
      do throws(ToolImportError) {
        let wanted = try self.name(of: described)
        let legal = ToolNames.legal(wanted)
        let unique = names.name(for: taken.contains(legal) ? "\(name)_\(wanted)" : legal)
        let tool = try tool(described, wanted, as: unique, server: name)
        try prove(tool, entry, name)
        taken.insert(unique)
        tools.append(tool)
      } catch {
        let what = described["name"]?.stringValue ?? "tool \(index + 1)"
        result.leftOut.append(.init(what: what, reason: error.reason, isByChoice: false))
      }
    }
    guard tools.count > before else {
      let reasons = result.leftOutByReason.map { "\($0.count) × \($0.reason)" }.joined(separator: "; ")
      throw ToolImportError("the server has no tool that can be called\(reasons.isEmpty ? "" : ": \(reasons)")")
    }
    if !hosts.isEmpty {
      let known = file["hosts"]?.arrayValue ?? []
      file["hosts"] = .array(known + hosts.map { .string($0) }.filter { !known.contains($0) })
    }
    file["servers"] = .object(servers)
    file["tools"] = nil
    file["tools"] = .array(tools)
    result.file = .object(file)
    return result
  }

  /// The file that tools are added to, without those of a server of that name.
  private static func existing(_ json: JSONValue?, without name: String) throws(ToolImportError) -> JSONObject {
    guard let json else { return [:] }
    var file = json.objectValue ?? [:]
    guard let tools = (json["tools"] ?? json).arrayValue else {
      throw ToolImportError("the file to add to is no tools file")
    }
    file["tools"] = .array(
      tools.filter { $0["execute"]?["kind"] != "mcp" || $0["execute"]?["server"] != .string(name) })
    return file
  }

  private static func name(of tool: JSONValue) throws(ToolImportError) -> String {
    guard let name = tool["name"]?.stringValue, !name.isEmpty else { throw ToolImportError("it has no name") }
    return name
  }

  private static func tool(
    _ described: JSONValue, _ name: String, as unique: String, server: String
  ) throws(ToolImportError) -> JSONValue {
    guard let schema = described["inputSchema"], schema.objectValue != nil else {
      throw ToolImportError("its inputSchema is no schema")
    }
    var function: JSONObject = ["name": .string(unique)]
    let title = described["title"] ?? described["annotations"]?["title"]
    if let text = described["description"]?.stringValue ?? title?.stringValue {
      function["description"] = .string(text)
    }
    function["parameters"] = schema
    var tool: JSONObject = ["type": "function", "function": .object(function)]
    if let schema = described["outputSchema"], schema.objectValue != nil { tool["returns"] = schema }
    if described["annotations"]?["readOnlyHint"] == true { tool["read_only"] = true }
    tool["execute"] = ["kind": "mcp", "server": .string(server), "tool": .string(name)]
    return .object(tool)
  }

  /// A tool has to be one that can be read again.
  private static func prove(_ tool: JSONValue, _ entry: JSONObject, _ name: String) throws(ToolImportError) {
    do throws(ToolFileError) {
      _ = try ToolRegistry(["servers": [name: .object(entry)], "tools": [tool]])
    } catch {
      throw ToolImportError("it makes no tool that can be called: \(error)")
    }
  }
}
