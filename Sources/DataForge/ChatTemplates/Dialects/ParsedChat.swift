import OrderedJSON

/// What a rendered text says: its turns, in order.
public struct ParsedChat: Hashable, Sendable {
  /// The turns; a tool result is a turn of its own even where several stand in one turn of the text.
  public var turns: [ParsedTurn]

  /// Takes the turns.
  public init(turns: [ParsedTurn]) { self.turns = turns }

  /// The turns in the `messages` form that TRL reads: arguments are objects, a missing value is a missing key.
  ///
  /// An empty assistant turn at the end is a generation prompt and left out.
  public var messages: [JSONValue] {
    var turns = turns[...]
    if let last = turns.last, last.role == "assistant", last.isEmpty { turns = turns.dropLast() }
    return turns.map(\.message)
  }
}

/// One turn of a rendered text.
public struct ParsedTurn: Hashable, Sendable {
  /// `system`, `developer`, `user`, `assistant` or `tool`; another name where the text has one.
  public var role: String
  /// The text without calls, reasoning, control tokens and the white space at its ends.
  public var content: String
  /// The reasoning, where the text has any.
  public var reasoning: String?
  /// The calls of an assistant turn.
  public var calls: [ParsedCall]
  /// The tool that a result names.
  public var toolName: String?
  /// The call that a result answers.
  public var callID: String?
  /// What the model itself writes in an assistant turn: from behind the header through the end-of-turn token, in
  /// Unicode scalars. In other turns: the text between header and end.
  public var trained: Range<Int>

  /// Takes what a turn holds.
  public init(
    role: String, content: String, reasoning: String? = nil, calls: [ParsedCall] = [], toolName: String? = nil,
    callID: String? = nil, trained: Range<Int> = 0..<0
  ) {
    self.role = role
    self.content = content
    self.reasoning = reasoning
    self.calls = calls
    self.toolName = toolName
    self.callID = callID
    self.trained = trained
  }

  var isEmpty: Bool { content.isEmpty && calls.isEmpty && (reasoning ?? "").isEmpty }

  /// The turn as a message.
  var message: JSONValue {
    var message = JSONObject()
    message["role"] = .string(role)
    message["content"] = .string(content)
    if let reasoning, !reasoning.isEmpty { message["reasoning_content"] = .string(reasoning) }
    if !calls.isEmpty { message["tool_calls"] = .array(calls.map(\.message)) }
    if let toolName { message["name"] = .string(toolName) }
    if let callID { message["tool_call_id"] = .string(callID) }
    return .object(message)
  }
}

/// A call that stands in a text.
public struct ParsedCall: Hashable, Sendable {
  /// The function's name.
  public var name: String
  /// The arguments. Where the dialect writes them without types, a text that reads as a number, truth value, null,
  /// list or object is taken for one.
  public var arguments: JSONValue
  /// The call's id, where the text has one.
  public var id: String?
  /// In a dialect that writes arguments without types: the same arguments with each leaf as the text that stands
  /// there.
  public var untyped: JSONValue?

  /// Takes what a call says.
  public init(name: String, arguments: JSONValue, id: String? = nil, untyped: JSONValue? = nil) {
    self.name = name
    self.arguments = arguments
    self.id = id
    self.untyped = untyped
  }

  /// The call as a member of `tool_calls`.
  var message: JSONValue {
    var function = JSONObject()
    function["name"] = .string(name)
    function["arguments"] = arguments
    var call = JSONObject()
    if let id { call["id"] = .string(id) }
    call["type"] = "function"
    call["function"] = .object(function)
    return .object(call)
  }
}

/// What one assistant turn says.
public struct AssistantText: Hashable, Sendable {
  /// The calls, in order.
  public var calls: [ParsedCall]
  /// The text that remains without calls, reasoning and control tokens.
  public var rest: String
  /// The reasoning, where there is any.
  public var reasoning: String?

  /// Takes what the turn says.
  public init(calls: [ParsedCall], rest: String, reasoning: String? = nil) {
    self.calls = calls
    self.rest = rest
    self.reasoning = reasoning
  }
}
