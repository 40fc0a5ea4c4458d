import OrderedJSON

/// What a message is, whichever family of models wrote it.
enum MessageReading {
  /// A tool's answer in a message.
  struct Result {
    /// The call that it answers, by its id or its tool's name, where it says so.
    var id: String?
    var name: String?
    var content: JSONValue
    /// Which part of the message it is, with the place in that; `nil` where the message itself is the answer.
    var part: (index: Int, place: String)?
    /// What it calls its content and its call's id.
    var contentKey = "content"
    var idKey = "tool_call_id"
  }

  /// The role; `nil` where it has none that there is. A user's message that is nothing but tools' answers is one: Qwen's
  /// dialect and the APIs of Anthropic and Google write results so.
  static func role(of message: JSONValue) -> MessageRole? {
    guard let name = message["role"]?.stringValue else { return nil }
    guard let role = MessageRole(rawValue: name) else { return toolRoles.contains(name) ? .tool : nil }
    return role == .user && (responses(in: message) != nil || blocks(in: message) != nil) ? .tool : role
  }

  /// What OpenAI's older form, Llama and GLM call a tool.
  private static let toolRoles: Set<String> = ["function", "ipython", "observation"]

  /// The answers in a tool's message.
  static func results(in message: JSONValue) -> [Result] {
    let id = (message["tool_call_id"] ?? message["call_id"])?.stringValue
    if let blocks = blocks(in: message) {
      return blocks.map { index, part in
        Result(
          id: part.id ?? id, name: part.name, content: part.content, part: (index, part.place),
          contentKey: part.contentKey, idKey: part.idKey)
      }
    }
    let name = message["name"]?.stringValue
    guard let texts = responses(in: message) else {
      return [Result(id: id, name: name, content: message["content"] ?? .null)]
    }
    return texts.map { Result(id: id, name: name, content: .string($0)) }
  }

  /// The parts of a message that are answers, with their places; `nil` where there is none.
  private static func blocks(in message: JSONValue) -> [(Int, ResultPart)]? {
    guard case .array(let parts)? = message["content"] else { return nil }
    let results = parts.enumerated().compactMap { index, part in ResultPart(part).map { (index, $0) } }
    return results.isEmpty ? nil : results
  }

  /// What a message says, without the calls among its parts; `nil` where it has parts that are no text, or nothing.
  static func text(of message: JSONValue) -> String? {
    switch message["content"] {
    case .string(let text)?: return text
    case .array(let parts)?:
      var texts: [String] = []
      for part in parts where CallPart(part) == nil {
        guard case .string(let text)? = part["text"] else { return nil }
        if part["thought"] != true { texts.append(text) }
      }
      return texts.joined(separator: "\n")
    default: return nil
    }
  }

  /// The results in a message of text between `<tool_response>` tags; `nil` where it holds anything else.
  private static func responses(in message: JSONValue) -> [String]? {
    guard case .string(let text)? = message["content"], text.utf8.contains(UInt8(ascii: "<")) else { return nil }
    var rest = text[...].trimmedSpace
    guard rest.utf8.starts(with: open.utf8) else { return nil }
    var responses: [String] = []
    while rest.utf8.starts(with: open.utf8) {
      guard let end = rest.firstRange(of: close) else { return nil }
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
}
