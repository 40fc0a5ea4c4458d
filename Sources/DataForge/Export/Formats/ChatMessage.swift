import OrderedJSON

/// Makes canonical messages for the readers of the other formats.
enum ChatMessage {
  /// A message that is text. An assistant's reasoning is taken out of its `<think>` block.
  static func json(_ role: MessageRole, _ text: String) -> JSONValue {
    var message: JSONObject = ["role": .string(role.rawValue)]
    guard role == .assistant else {
      message["content"] = .string(text)
      return .object(message)
    }
    let (reasoning, answer) = ThinkBlock.split(text)
    message["content"] = .string(answer)
    if let reasoning { message["reasoning_content"] = .string(reasoning) }
    return .object(message)
  }

  /// A message that is plain text whoever speaks: nothing is taken out.
  static func plain(_ role: MessageRole, _ text: String) -> JSONValue {
    ["role": .string(role.rawValue), "content": .string(text)]
  }

  /// A call in its flat form, which is still to be checked.
  static func call(name: JSONValue?, arguments: JSONValue?, id: String?) -> JSONValue {
    var call = JSONObject()
    if let id { call["id"] = .string(id) }
    // Without a name it would not be known as flat.
    call["name"] = name ?? .string("")
    if let arguments { call["arguments"] = arguments }
    return .object(call)
  }
}
