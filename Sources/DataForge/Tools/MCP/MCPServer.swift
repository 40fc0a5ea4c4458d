import OrderedJSON

/// How an MCP server is reached: an entry of `servers` in the tools file.
///
/// ```json
/// {"command": ["mcp-server-time", "--local-timezone", "Etc/UTC"], "env": ["API_KEY"], "readable": ["/opt/venv"],
///  "directory": "data", "network": false, "sandbox": true, "stateless": true, "limits": {"call_seconds": 5}}
/// ```
/// - `command`: the program and its arguments; started in the sandbox, spoken with over its standard input and output.
/// - `env`: names of environment variables that the program gets.
/// - `readable`: files and folders that it may read where they are, `directory` one that it may read as `/tool`; relative
///   to the tools file.
/// - `network`: whether it may use the network; `false` by default.
/// - `sandbox`: with `false` the program is not locked in. It is still ended with everything that it started.
/// ```json
/// {"url": "https://mcp.example.org/mcp", "headers_env": {"Authorization": "MY_TOKEN"}}
/// ```
/// - `url`: a server over (streamable) HTTP, or over the older HTTP with server-sent events. Its host has to be listed
///   under `hosts`.
/// - `headers_env`: headers whose values are taken from environment variables.
///
/// For both:
/// - `stateless`: whether calls leave nothing behind, so that samples may share a server. Where it is missing, they share
///   one when all tools of it that may be called are `read_only`; otherwise each sample gets a server of its own.
/// - `limits`: `MCPLimits`.
public struct MCPServer: Hashable, Sendable {
  /// A server that is a program.
  public struct Program: Hashable, Sendable {
    /// See `MCPServer`.
    public var command: [String]
    /// See `MCPServer`.
    public var environment: [String]
    /// See `MCPServer`.
    public var readable: [String]
    /// See `MCPServer`.
    public var directory: String?
    /// See `MCPServer`.
    public var network: Bool
    /// See `MCPServer`.
    public var isSandboxed: Bool
  }

  /// A server at an address.
  public struct Site: Hashable, Sendable {
    /// See `MCPServer`.
    public var url: String
    /// Names of environment variables by the header that they fill.
    public var headers: [String: String]
  }

  /// How it is spoken with.
  public enum Place: Hashable, Sendable {
    case program(Program)
    case site(Site)
  }

  /// See the type's description.
  public let place: Place
  /// See the type's description; `nil` where it is not said.
  public let isStateless: Bool?
  /// See the type's description.
  public let limits: MCPLimits

  /// Reads an entry of `servers`.
  /// - Throws: `ToolFileError`.
  public init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    guard let object = json.objectValue else {
      throw ToolFileError(path: path, reason: "a server is an object, not \(json.typeName)")
    }
    let isProgram = object["command"] != nil
    guard isProgram != (object["url"] != nil) else {
      throw ToolFileError(path: path, reason: "a server has either \"command\" or \"url\"")
    }
    let own = isProgram ? ["command", "env", "readable", "directory", "network", "sandbox"] : ["url", "headers_env"]
    let known = own + ["stateless", "limits"]
    for key in object.keys where !known.contains(key) {
      throw ToolFileError(
        path: path + JSONPointerToken.escaped(key),
        reason: "a server with \"\(own[0])\" has no such key\(Suggestion.hint(for: key, among: known))")
    }
    place = isProgram ? .program(try Program(object, at: path)) : .site(try Site(object, at: path))
    isStateless = try Self.flag(object["stateless"], at: path + "/stateless")
    limits =
      try object["limits"].map { json throws(ToolFileError) in try MCPLimits(json, at: path + "/limits") }
      ?? MCPLimits()
  }

  fileprivate static func flag(_ json: JSONValue?, at path: String) throws(ToolFileError) -> Bool? {
    guard let json else { return nil }
    guard let flag = json.boolValue else { throw ToolFileError(path: path, reason: "it is true or false") }
    return flag
  }
}

extension MCPServer.Program {
  fileprivate init(_ object: JSONObject, at path: String) throws(ToolFileError) {
    command = try Self.strings(object["command"], at: path + "/command")
    guard let program = command.first, !program.isEmpty else {
      throw ToolFileError(path: path + "/command", reason: "a command is an array whose first element is the program")
    }
    environment = try Self.strings(object["env"], at: path + "/env")
    for (index, name) in environment.enumerated() where name.isEmpty || name.contains("=") {
      throw ToolFileError(
        path: path + "/env/\(index)",
        reason: "write only the name of an environment variable; its value is taken from forge's own environment")
    }
    readable = try Self.strings(object["readable"], at: path + "/readable")
    switch object["directory"] {
    case nil: directory = nil
    case .string(let text)? where !text.isEmpty: directory = text
    default: throw ToolFileError(path: path + "/directory", reason: "a directory is a path, as a string")
    }
    network = try MCPServer.flag(object["network"], at: path + "/network") ?? false
    isSandboxed = try MCPServer.flag(object["sandbox"], at: path + "/sandbox") ?? true
  }

  private static func strings(_ json: JSONValue?, at path: String) throws(ToolFileError) -> [String] {
    guard let json else { return [] }
    guard let list = json.arrayValue else {
      throw ToolFileError(path: path, reason: "it is an array of strings, not \(json.typeName)")
    }
    var strings: [String] = []
    for (index, element) in list.enumerated() {
      guard let text = element.stringValue, !text.utf8.contains(0) else {
        throw ToolFileError(path: "\(path)/\(index)", reason: "it is a string without NUL")
      }
      strings.append(text)
    }
    return strings
  }
}

extension MCPServer.Site {
  fileprivate init(_ object: JSONObject, at path: String) throws(ToolFileError) {
    guard let url = object["url"]?.stringValue else {
      throw ToolFileError(path: path + "/url", reason: "a URL is a string")
    }
    do throws(WebAddress.Invalid) {
      self.url = try WebAddress(url).text
    } catch {
      throw ToolFileError(path: path + "/url", reason: error.reason)
    }
    headers = [:]
    guard let written = object["headers_env"] else { return }
    guard let pairs = written.objectValue else {
      throw ToolFileError(
        path: path + "/headers_env", reason: "it is an object: the name of an environment variable for each header")
    }
    for (header, name) in pairs {
      guard let name = name.stringValue, !name.isEmpty, MCPHeader.isName(header) else {
        throw ToolFileError(
          path: path + "/headers_env" + JSONPointerToken.escaped(header),
          reason: "a header gets the name of an environment variable, as in {\"Authorization\": \"MY_TOKEN\"}")
      }
      headers[header] = name
    }
  }
}
