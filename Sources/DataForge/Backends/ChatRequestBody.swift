import OrderedJSON

/// A request in the wire form of chat completions.
///
/// Source: https://platform.openai.com/docs/api-reference/chat/create
enum ChatRequestBody {
  /// The body that is sent.
  static func json(of request: BackendRequest, model: String, dialect: ChatDialect) -> JSONValue {
    let sampling = request.sampling
    var members: [(String, JSONValue)] = [
      ("model", .string(model)), ("messages", .array(request.messages.map(message))), ("stream", false),
    ]
    if dialect.sendsTemperature {
      members.append(("temperature", number(sampling.temperature)))
      if let topP = sampling.topP { members.append(("top_p", number(topP))) }
    }
    members.append(
      (dialect.usesMaxCompletionTokens ? "max_completion_tokens" : "max_tokens", .integer(sampling.maxTokens)))
    if let seed = sampling.seed { members.append(("seed", .integer(seed))) }
    if let format = responseFormat(of: request, dialect: dialect) { members.append(("response_format", format)) }
    return .object(JSONObject(members))
  }

  private static func responseFormat(of request: BackendRequest, dialect: ChatDialect) -> JSONValue? {
    guard let schema = request.schema else { return nil }
    switch dialect.responseFormat {
    case .none: return nil
    case .jsonObject: return ["type": "json_object"]
    case .jsonSchema:
      return [
        "type": "json_schema",
        "json_schema": [
          "name": .string(request.schemaName ?? "reply"), "schema": schema, "strict": .bool(StrictSchema.holds(schema)),
        ],
      ]
    }
  }

  /// A message as servers read it: a call's arguments are a string that holds JSON, and the rationale stays here.
  private static func message(_ message: Message) -> JSONValue {
    var members: [(String, JSONValue)] = [("role", .string(message.role.rawValue))]
    let calls = message.toolCalls ?? []
    members.append(("content", message.content.map(JSONValue.string) ?? (calls.isEmpty ? "" : .null)))
    if !calls.isEmpty { members.append(("tool_calls", .array(calls.map(toolCall)))) }
    if let id = message.toolCallID { members.append(("tool_call_id", .string(id))) }
    return .object(JSONObject(members))
  }

  private static func toolCall(_ call: ToolCall) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if let id = call.id { members.append(("id", .string(id))) }
    members.append(("type", "function"))
    let arguments = call.arguments.stringValue ?? call.arguments.serialized()
    members.append(("function", ["name": .string(call.name), "arguments": .string(arguments)]))
    return .object(JSONObject(members))
  }

  /// A whole number without a fraction: some servers' logs and caches compare texts.
  private static func number(_ value: Double) -> JSONValue {
    Int(exactly: value).map(JSONValue.integer) ?? .double(value)
  }
}
