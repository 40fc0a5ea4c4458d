import OrderedJSON

/// How long an MCP server may take, and how much it may use up.
public struct MCPLimits: Hashable, Sendable {
  /// Seconds until the server is ready for calls.
  public var startSeconds: Double
  /// Seconds for each call.
  public var callSeconds: Double
  /// What a server that is a program may use up. Its `output` is what one answer may have as it is sent, for every kind
  /// of server; its `seconds` are not used.
  public var process: SandboxLimits

  /// Sets the limits. A server's runtime takes more than a command does: address space above all.
  public init(
    startSeconds: Double = 60, callSeconds: Double = 30,
    process: SandboxLimits = SandboxLimits(cpuSeconds: 600, memory: 4096, processes: 64, output: 1024)
  ) {
    self.startSeconds = startSeconds
    self.callSeconds = callSeconds
    self.process = process
  }

  /// Reads `start_seconds`, `call_seconds` and the names of `SandboxLimits` over the defaults.
  /// - Throws: `ToolFileError`.
  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    self.init()
    guard let object = json.objectValue else {
      throw ToolFileError(path: path, reason: "limits are an object, not \(json.typeName)")
    }
    var rest = JSONObject()
    for (key, value) in object {
      switch key {
      case "start_seconds": startSeconds = try Self.seconds(value, at: path + "/" + key)
      case "call_seconds": callSeconds = try Self.seconds(value, at: path + "/" + key)
      case "seconds":
        throw ToolFileError(
          path: path + "/" + key, reason: "a server has \"start_seconds\" and \"call_seconds\" instead")
      default: rest[key] = value
      }
    }
    let read = try SandboxLimits(.object(rest), at: path)
    if rest["cpu_seconds"] != nil { process.cpuSeconds = read.cpuSeconds }
    if rest["memory_mib"] != nil { process.memory = read.memory }
    if rest["processes"] != nil { process.processes = read.processes }
    if rest["file_mib"] != nil { process.fileSize = read.fileSize }
    if rest["tmp_mib"] != nil { process.temporary = read.temporary }
    if rest["output_kib"] != nil { process.output = read.output }
  }

  private static func seconds(_ json: JSONValue, at path: String) throws(ToolFileError) -> Double {
    guard let number = json.doubleValue, number > 0, number <= 1_000_000 else {
      throw ToolFileError(path: path, reason: "a limit is a positive number")
    }
    return number
  }

  /// Bytes that one answer may have as it is sent.
  var longestAnswer: Int { process.output << 10 }
}
