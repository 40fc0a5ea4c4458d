import OrderedJSON

/// Something that a model can call: its name, what it takes, and, where that is known, how a call is executed.
public struct Tool: Hashable, Sendable {
  /// The name by which calls find it.
  public var name: String
  /// What it does, in the words of the definition.
  public var description: String?
  /// The schema of its arguments as it is written; `ParameterSchema` knows the dialects.
  public var parameters: JSONValue
  /// How a call is executed; `nil` where calls can only be checked against the schema.
  public var execution: ToolExecution?
  /// Whether calls only read (`read_only`): their answers may be kept, and they may be made without being asked for.
  public var isReadOnly: Bool
  /// The schema of its structured answers (`returns`), where the server promises one.
  public var returns: JSONValue?
  /// Whether the same call has the same answer, as far as `forge tools probe` found.
  public var isDeterministic = true
  /// Arguments that are known to make sense (`examples`), each an object.
  public var examples: [JSONValue]

  /// Puts a tool together.
  public init(
    name: String, description: String? = nil, parameters: JSONValue, execution: ToolExecution? = nil,
    isReadOnly: Bool = false, returns: JSONValue? = nil, examples: [JSONValue] = []
  ) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.execution = execution
    self.isReadOnly = isReadOnly
    self.returns = returns
    self.examples = examples
  }

  /// The names of the arguments that the schema lists at its top.
  public var argumentNames: [String] { ParameterSchema.plain(parameters).schema["properties"]?.objectValue?.keys ?? [] }
}

/// How a call of a tool is carried out. Each kind has its executor.
public enum ToolExecution: Hashable, Sendable {
  case command(CommandTool)
  case http(HTTPTool)
  case mcp(MCPTool)

  /// What `"execute": {"kind": …}` says.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case command, http, mcp
  }

  /// Which executor it needs.
  public var kind: Kind {
    switch self {
    case .command: .command
    case .http: .http
    case .mcp: .mcp
    }
  }
}
