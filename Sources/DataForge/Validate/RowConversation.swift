import OrderedJSON

/// The turns of a row, brought from the forms in which datasets write them into that of `messages`.
///
/// Known besides `messages`: ShareGPT's `conversations` (`{"from": "human", "value": …}`, with calls and results in
/// turns of their own), and in `messages` OpenAI's older `function_call` with results of the role `function`.
struct RowConversation: Sendable {
  /// The turns as messages; `nil` where the row has none.
  let messages: [JSONValue]?
  /// Where they stand, as a JSON Pointer.
  let place: String
  /// What the row calls the members of a turn.
  let roleKey: String
  let contentKey: String

  init(_ row: JSONValue) {
    if let list = row["messages"]?.arrayValue {
      messages = list
      (place, roleKey, contentKey) = ("/messages", "role", "content")
    } else if row["messages"] == nil, let list = row["conversations"]?.arrayValue {
      let hasPairs = list.contains { $0["from"] != nil }
      messages = hasPairs ? list.map(Self.message) : list
      place = "/conversations"
      (roleKey, contentKey) = hasPairs ? ("from", "value") : ("role", "content")
    } else {
      messages = nil
      (place, roleKey, contentKey) = ("/messages", "role", "content")
    }
  }

  func role(_ index: Int) -> String { "\(place)/\(index)/\(roleKey)" }
  func content(_ index: Int) -> String { "\(place)/\(index)/\(contentKey)" }

  private static let roles: [String: String] = [
    "human": "user", "gpt": "assistant", "chatgpt": "assistant", "model": "assistant", "bot": "assistant",
    "function_call": "assistant", "function-call": "assistant", "tool_call": "assistant", "observation": "tool",
    "function_response": "tool", "function-response": "tool", "tool_response": "tool", "function": "tool",
  ]

  private static func message(_ turn: JSONValue) -> JSONValue {
    guard let object = turn.objectValue else { return turn }
    return .object(
      JSONObject(
        object.map { key, value in
          switch key {
          case "from": ("role", value.stringValue.flatMap { roles[$0] }.map { .string($0) } ?? value)
          case "value": ("content", value)
          default: (key, value)
          }
        }))
  }
}

/// What a message is.
enum MessageReading {
  /// The role; `nil` where it has none that there is. A user's text that is nothing but a tool's answer is one: Qwen's
  /// dialect writes results so.
  static func role(of message: JSONValue) -> MessageRole? {
    guard let name = message["role"]?.stringValue else { return nil }
    guard let role = MessageRole(rawValue: name) else { return name == "function" ? .tool : nil }
    return role == .user && responses(in: message) != nil ? .tool : role
  }

  /// The results in a message of text between `<tool_response>` tags; `nil` where it holds anything else.
  static func responses(in message: JSONValue) -> [String]? {
    guard case .string(let text)? = message["content"], text.utf8.contains(UInt8(ascii: "<")) else { return nil }
    var rest = text[...].trimmedSpace
    guard rest.utf8.starts(with: open.utf8) else { return nil }
    var responses: [String] = []
    while rest.utf8.starts(with: open.utf8) {
      guard let end = rest.range(ofText: close) else { return nil }
      responses.append(
        String(rest[rest.utf8.index(rest.startIndex, offsetBy: open.utf8.count)..<end.lowerBound].trimmedSpace))
      rest = rest[end.upperBound...].trimmedSpace
    }
    return rest.isEmpty ? responses : nil
  }

  private static let open = "<tool_response>"
  private static let close = "</tool_response>"
}

extension Substring {
  fileprivate var trimmedSpace: Substring {
    let start = utf8.firstIndex { $0 > 0x20 } ?? endIndex
    guard let last = utf8.lastIndex(where: { $0 > 0x20 }), start <= last else { return self[endIndex...] }
    return self[start...last]
  }

  fileprivate func range(ofText text: String) -> Range<Substring.Index>? {
    firstRange(of: text)
  }
}
