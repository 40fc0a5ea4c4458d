import OrderedJSON

/// A tool call of a canonical row.
struct ChatCall {
  var id: String?
  var name: String
  var arguments: JSONObject
  /// What else the call has, by its path within the call, for example `/function/strict`.
  var others: [String]
}

/// A turn of a canonical row.
struct ChatTurn {
  var role: MessageRole
  /// Where it stands in the canonical row.
  var path: String
  var content: JSONValue?
  var reasoning: String?
  var calls: [ChatCall]
  /// Which call a result answers.
  var toolCallID: String?
  /// All other members, for example `name` and `weight`.
  var others: JSONObject

  /// Whether it says something in words. An empty text beside calls says nothing.
  var hasText: Bool {
    guard let content else { return false }
    return content != ""
  }
}

/// A canonical row as the writers of the other formats look at it.
struct Conversation {
  var turns: [ChatTurn]
  var tools: [JSONValue]
  /// The row's other members: `id`, `source` and whatever the user has there.
  var others: JSONObject

  /// - Throws: `RowMisfit` where the row is not canonical.
  init(_ row: JSONObject) throws(RowMisfit) {
    guard let messages = row["messages"]?.arrayValue, !messages.isEmpty else {
      throw RowMisfit("/messages", "the row has no messages")
    }
    turns = []
    for (index, message) in messages.enumerated() { turns.append(try Self.turn(message, at: "/messages/\(index)")) }
    tools = row["tools"]?.arrayValue ?? []
    others = row.without(["messages", "tools"])
  }

  private static func turn(_ message: JSONValue, at path: String) throws(RowMisfit) -> ChatTurn {
    guard let object = message.objectValue, let role = object["role"]?.stringValue.flatMap(MessageRole.init(rawValue:))
    else { throw RowMisfit(path + "/role", "the message has no known role") }
    var turn = ChatTurn(
      role: role, path: path, content: object["content"], reasoning: object["reasoning_content"]?.stringValue,
      calls: [], toolCallID: nil, others: object.without(["role", "content", "reasoning_content", "tool_calls"]))
    if role == .tool {
      turn.toolCallID = object["tool_call_id"]?.stringValue
      turn.others["tool_call_id"] = nil
    }
    for (index, call) in (object["tool_calls"]?.arrayValue ?? []).enumerated() {
      guard let members = call.objectValue, let function = members["function"]?.objectValue,
        let name = function["name"]?.stringValue, let arguments = function["arguments"]?.objectValue
      else { throw RowMisfit("\(path)/tool_calls/\(index)", "the call is not in canonical form") }
      turn.calls.append(
        ChatCall(
          id: members["id"]?.stringValue, name: name, arguments: arguments,
          others: members.without(["id", "type", "function"]).keys.map { "/" + $0 }
            + function.without(["name", "arguments"]).keys.map { "/function/" + $0 }))
    }
    return turn
  }

  /// A row of another format: the id first, then the format's own members, then the row's others.
  /// - Throws: `RowMisfit` where the row has a member that the format would take for one of its own.
  func row(
    _ members: JSONObject, reserved: Set<String>, _ losses: LossRule
  ) throws(RowMisfit) -> JSONObject {
    var result = JSONObject()
    if let id = others["id"], !reserved.contains("id") { result["id"] = id }
    for (key, value) in members { result[key] = value }
    for (key, value) in others {
      if reserved.contains(key) {
        try losses.lose(
          JSONPointerToken.escaped(key), "the row's own member \"\(key)\", a name that has its own meaning there",
          "rename it")
      } else {
        result[key] = value
      }
    }
    return result
  }
}
