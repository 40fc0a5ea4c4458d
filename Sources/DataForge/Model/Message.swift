import OrderedJSON

/// Who speaks.
public enum MessageRole: String, Codable, Sendable {
  case system, developer, user, assistant, tool
}

/// A call that an assistant makes. `arguments` is an object, as TRL reads it.
public struct ToolCall: Codable, Hashable, Sendable {
  public var id: String?
  public var name: String
  public var arguments: JSONValue

  public init(id: String? = nil, name: String, arguments: JSONValue) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }

  private enum CodingKeys: String, CodingKey { case id, type, function }
  private enum FunctionKeys: String, CodingKey { case name, arguments }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decodeIfPresent(String.self, forKey: .id)
    let function = try values.nestedContainer(keyedBy: FunctionKeys.self, forKey: .function)
    name = try function.decode(String.self, forKey: .name)
    arguments = try function.decode(JSONValue.self, forKey: .arguments)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(id, forKey: .id)
    try values.encode("function", forKey: .type)
    var function = values.nestedContainer(keyedBy: FunctionKeys.self, forKey: .function)
    try function.encode(name, forKey: .name)
    try function.encode(arguments, forKey: .arguments)
  }
}

/// One turn of a conversation in the form that TRL reads: a missing value is a missing key, never `null`.
public struct Message: Codable, Hashable, Sendable {
  public var role: MessageRole
  public var content: String?
  /// The rationale, as reasoning models carry it.
  public var reasoningContent: String?
  public var toolCalls: [ToolCall]?
  /// Which call a `tool` message answers.
  public var toolCallID: String?

  public init(
    role: MessageRole, content: String?, reasoningContent: String? = nil, toolCalls: [ToolCall]? = nil,
    toolCallID: String? = nil
  ) {
    self.role = role
    self.content = content
    self.reasoningContent = reasoningContent
    self.toolCalls = toolCalls
    self.toolCallID = toolCallID
  }

  enum CodingKeys: String, CodingKey {
    case role, content
    case reasoningContent = "reasoning_content"
    case toolCalls = "tool_calls"
    case toolCallID = "tool_call_id"
  }
}
