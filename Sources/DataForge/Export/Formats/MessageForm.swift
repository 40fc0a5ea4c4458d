import OrderedJSON

/// Brings one message into canonical form, or says which of its fields is wrong.
enum MessageForm {
  /// A message that was looked at.
  struct Result {
    var message: JSONObject
    var role: MessageRole
    /// Whether it is another one than before: most are canonical already, and need no copy.
    var hasChanged: Bool
  }

  /// - Parameter path: where the message stands; only asked for where something is wrong.
  static func normalised(_ value: JSONValue, at path: @autoclosure () -> String) throws(RowMisfit) -> Result {
    guard let object = value.objectValue else {
      throw RowMisfit(path(), "a message is an object, not \(value.typeName)")
    }
    let hasNull = object.hasNull
    var result = Result(message: hasNull ? object.withoutNulls : object, role: .user, hasChanged: hasNull)
    result.role = try role(result.message["role"], at: path())
    let hasCalls = try normaliseCalls(of: &result, at: path())
    var hasContent = false
    for (key, value) in result.message {
      switch key {
      case "content":
        try check(content: value, result.role, at: path() + "/content")
        hasContent = true
      case "reasoning_content", "tool_call_id":
        if value.stringValue == nil {
          throw RowMisfit(path() + "/" + key, "\(key) is text, not \(value.typeName)")
        }
      case "weight":
        if value.intValue != 0, value.intValue != 1 {
          throw RowMisfit(path() + "/weight", "a weight is 0 (not trained on) or 1")
        }
      default: break
      }
    }
    if !hasContent, !hasCalls {
      throw RowMisfit(path() + "/content", "the message says nothing; without tool calls it needs content")
    }
    return result
  }

  private static func check(
    content: JSONValue, _ role: MessageRole, at path: @autoclosure () -> String
  ) throws(RowMisfit) {
    switch content {
    case .string, .array: break
    case .object where role == .tool: break
    default: throw RowMisfit(path(), "content is text or a list of parts, not \(content.typeName)")
    }
  }

  private static func role(_ value: JSONValue?, at path: @autoclosure () -> String) throws(RowMisfit) -> MessageRole {
    guard let value else { throw RowMisfit(path() + "/role", "the message has no role") }
    guard let name = value.stringValue else {
      throw RowMisfit(path() + "/role", "a role is text, not \(value.typeName)")
    }
    if let role = MessageRole(rawValue: name) { return role }
    throw RowMisfit(path() + "/role", unknown(role: name))
  }

  /// Says that there is no such role, and which one was probably meant.
  static func unknown(role name: String) -> String {
    let known: [MessageRole] = [.system, .developer, .user, .assistant, .tool]
    let names = known.map(\.rawValue)
    let meant = otherNames[name.lowercased()].map { "; did you mean \"\($0.rawValue)\"?" }
    return "there is no role \"\(name.prefix(40))\"\(meant ?? Suggestion.hint(for: name, among: names)); known: "
      + names.joined(separator: ", ")
  }

  /// What other tools call the roles.
  private static let otherNames: [String: MessageRole] = [
    "human": .user, "gpt": .assistant, "model": .assistant, "bot": .assistant, "ai": .assistant, "function": .tool,
    "ipython": .tool, "observation": .tool, "function_response": .tool, "tool_response": .tool,
    "function_call": .assistant, "tool_call": .assistant,
  ]

  /// - Returns: whether there are any.
  private static func normaliseCalls(
    of result: inout Result, at path: @autoclosure () -> String
  ) throws(RowMisfit) -> Bool {
    guard let value = result.message["tool_calls"] else { return false }
    guard var calls = value.arrayValue else {
      throw RowMisfit(path() + "/tool_calls", "tool calls are a list, not \(value.typeName)")
    }
    if calls.isEmpty {
      result.message["tool_calls"] = Optional.none
      result.hasChanged = true
      return false
    }
    if result.role != .assistant {
      throw RowMisfit(path() + "/tool_calls", "only the assistant calls tools, not \(result.role.rawValue)")
    }
    var hasChanged = false
    for index in calls.indices {
      guard let call = try ToolCallForm.change(calls[index], at: path() + "/tool_calls/\(index)") else { continue }
      calls[index] = .object(call)
      hasChanged = true
    }
    if hasChanged {
      result.message["tool_calls"] = .array(calls)
      result.hasChanged = true
    }
    return true
  }
}
