import OrderedJSON

/// The Alpaca form as LLaMA-Factory reads it: `instruction` and `input` (joined by a line feed), `output`, `system`, and
/// `history` with the earlier turns as pairs.
///
/// Reasoning stands in the answer's text, within `<think>`.
/// Source: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md
public enum AlpacaFormat {
  private static let members: Set<String> = ["instruction", "input", "output", "system", "history"]
  private static let remedy = "messages, openai and prompt-completion hold it"

  /// The canonical form of a row.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject {
    var messages: [JSONValue] = []
    var origins: [String] = []
    func add(_ role: MessageRole, _ text: String, _ path: String) {
      messages.append(ChatMessage.json(role, text))
      origins.append(path)
    }
    let system = try text("system", of: row)
    if !system.isEmpty { add(.system, system, "/system") }
    if let history = row["history"], !history.isNull {
      guard let pairs = history.arrayValue else {
        throw RowMisfit("/history", "the history is a list of pairs, not \(history.typeName)")
      }
      for (index, pair) in pairs.enumerated() {
        guard let texts = pair.arrayValue?.compactMap(\.stringValue), texts.count == 2, pair[2] == nil else {
          throw RowMisfit("/history/\(index)", "an earlier turn is a pair of texts: instruction and answer")
        }
        add(.user, texts[0], "/history/\(index)/0")
        add(.assistant, texts[1], "/history/\(index)/1")
      }
    }
    let question = [try text("instruction", of: row, isNeeded: true), try text("input", of: row)]
    add(.user, question.filter { !$0.isEmpty }.joined(separator: "\n"), "/instruction")
    add(.assistant, try text("output", of: row, isNeeded: true), "/output")
    return try MessagesFormat.canonical(messages: messages, rest: row.without(members), origins: origins)
  }

  private static func text(_ key: String, of row: JSONObject, isNeeded: Bool = false) throws(RowMisfit) -> String {
    guard let value = row[key], !value.isNull else {
      if isNeeded { throw RowMisfit("/" + key, "the row has no \(key)") }
      return ""
    }
    guard let text = value.stringValue else { throw RowMisfit("/" + key, "\(key) is text, not \(value.typeName)") }
    return text
  }

  /// One row.
  /// - Throws: `RowMisfit` for tools, calls and members of messages unless `lossy`; always for turns that do not alternate
  ///   between user and assistant.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .alpaca, allowed: lossy)
    let conversation = try Conversation(row)
    if !conversation.tools.isEmpty {
      try losses.lose("/tools", "tools", "messages, openai, sharegpt and xlam hold them")
    }
    var system: String?
    var texts: [String] = []
    for turn in conversation.turns {
      try losses.loseOthers(of: turn, remedy)
      switch turn.role {
      case .system, .developer:
        try addInstructions(turn, to: &system, losses)
      case .tool:
        try losses.lose(turn.path, "tool results", "messages, openai and sharegpt hold them")
      case .user, .assistant:
        if !turn.calls.isEmpty {
          try losses.lose(turn.path + "/tool_calls", "tool calls", "messages, openai, sharegpt and xlam hold them")
          if !turn.hasText { continue }
        }
        guard (turn.role == .user) == (texts.count % 2 == 0) else {
          throw RowMisfit(
            turn.path,
            "in alpaca a question and an answer take turns, but here two of a kind follow each other; "
              + remedy)
        }
        texts.append(try text(of: turn, losses))
      }
    }
    guard texts.count % 2 == 0, let output = texts.popLast(), let instruction = texts.popLast() else {
      throw RowMisfit("/messages", "an alpaca row ends with the assistant's answer; \(remedy)")
    }
    var result: JSONObject = ["instruction": .string(instruction), "input": "", "output": .string(output)]
    if let system { result["system"] = .string(system) }
    if !texts.isEmpty {
      result["history"] = .array(
        stride(from: 0, to: texts.count, by: 2).map { [.string(texts[$0]), .string(texts[$0 + 1])] })
    }
    return [try conversation.row(result, reserved: members, losses)]
  }

  private static func addInstructions(
    _ turn: ChatTurn, to system: inout String?, _ losses: LossRule
  ) throws(RowMisfit) {
    let text = try losses.text(of: turn)
    if turn.role == .developer { try losses.lose(turn.path, "a developer turn", "make it the system turn") }
    if text.isEmpty { try losses.lose(turn.path, "an empty system turn", "leave the turn out") }
    if let first = system {
      try losses.lose(turn.path, "a second turn of instructions", "join it with the first")
      system = first + "\n\n" + text
    } else if !text.isEmpty {
      system = text
    }
  }

  private static func text(of turn: ChatTurn, _ losses: LossRule) throws(RowMisfit) -> String {
    let text = try losses.text(of: turn)
    guard turn.role == .assistant else { return text }
    if let joined = ThinkBlock.joined(reasoning: turn.reasoning, answer: text) { return joined }
    try losses.lose(turn.path, "an answer or reasoning that has think marks of its own", remedy)
    return text
  }
}
