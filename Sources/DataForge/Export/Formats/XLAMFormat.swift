import OrderedJSON

/// Salesforce's xLAM form: one `query`, the `tools` that may be called and the `answers`, the right calls; the last two
/// are JSON text. An empty list of answers says that no call is right.
///
/// Ids of calls stand beside the answers, as `call_ids`: the answers are what is trained on.
/// Source: https://huggingface.co/datasets/Salesforce/xlam-function-calling-60k
public enum XLAMFormat {
  private static let members: Set<String> = ["query", "tools", "answers", CallLinks.member]
  private static let remedy = "messages, openai and sharegpt hold it"

  /// The canonical form of a row.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject {
    guard let query = row["query"]?.stringValue else { throw RowMisfit("/query", "the row has no query in words") }
    var tools: [JSONValue] = []
    if let value = row["tools"], !value.isNull {
      for (index, tool) in try ToolList.list(value, at: "/tools").enumerated() {
        tools.append(try XLAMTool.function(of: tool, at: "/tools/\(index)"))
      }
    }
    let answers = try answers(of: row)
    let ids = try CallLinks.read(row, count: answers.count)
    var message: JSONObject = ["role": "assistant"]
    if answers.isEmpty {
      message["content"] = ""
    } else {
      var calls: [JSONValue] = []
      for (index, answer) in answers.enumerated() {
        guard answer.objectValue != nil else {
          throw RowMisfit("/answers/\(index)", "an answer is a call: an object with name and arguments")
        }
        // Checked here, so that the place is that of the row as it was read.
        let call = ChatMessage.call(
          name: answer["name"], arguments: answer["arguments"], id: ids.isEmpty ? nil : ids[index])
        calls.append(.object(try ToolCallForm.normalised(call, at: "/answers/\(index)")))
      }
      message["tool_calls"] = .array(calls)
    }
    return try MessagesFormat.canonical(
      messages: [ChatMessage.plain(.user, query), .object(message)], tools: tools, rest: row.without(members),
      origins: ["/query", "/answers"])
  }

  private static func answers(of row: JSONObject) throws(RowMisfit) -> [JSONValue] {
    guard var value = row["answers"], !value.isNull else { throw RowMisfit("/answers", "the row has no answers") }
    if let text = value.stringValue {
      do throws(JSONParseError) {
        value = try JSONValue(parsing: text, limits: ToolCallForm.limits)
      } catch {
        throw RowMisfit("/answers", "the answers are text that is no JSON: \(error)")
      }
    }
    guard let list = value.arrayValue else {
      throw RowMisfit("/answers", "the answers are a list of calls, not \(value.typeName)")
    }
    return list
  }

  /// One row.
  /// - Throws: `RowMisfit` where no question and answer are there, always; for system turns, reasoning, words beside or
  ///   instead of calls, results and what follows them, and for what a tool's parameters cannot say, unless `lossy`.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .xlam, allowed: lossy)
    let conversation = try Conversation(row)
    let (question, answer) = try exchange(conversation.turns, losses)
    for turn in [question, answer] { try losses.loseOthers(of: turn, remedy) }
    if answer.reasoning != nil {
      try losses.lose(
        answer.path + "/reasoning_content", "reasoning", "messages and sharegpt hold it, --no-reasoning leaves it out")
    }
    if answer.hasText {
      try losses.lose(answer.path + "/content", "an answer in words", remedy)
    }
    var answers: [JSONValue] = []
    for (index, call) in answer.calls.enumerated() {
      for path in call.others {
        try losses.lose("\(answer.path)/tool_calls/\(index)\(path)", "a call's other members", remedy)
      }
      answers.append(["name": .string(call.name), "arguments": .object(call.arguments)])
    }
    var tools: [JSONValue] = []
    for (index, tool) in conversation.tools.enumerated() {
      tools.append(try XLAMTool.json(of: tool, at: "/tools/\(index)", losses))
    }
    var result: JSONObject = [
      "query": .string(try losses.text(of: question)), "tools": .string(JSONValue.array(tools).serialized(.spaced)),
      "answers": .string(JSONValue.array(answers).serialized(.spaced)),
    ]
    if let ids = try CallLinks.written([answer], losses) { result[CallLinks.member] = ids }
    return [try conversation.row(result, reserved: members, losses)]
  }

  /// The question and its answer; where losses are allowed, the first ones.
  private static func exchange(_ turns: [ChatTurn], _ losses: LossRule) throws(RowMisfit) -> (ChatTurn, ChatTurn) {
    var rest = turns[...]
    while let turn = rest.first, turn.role == .system || turn.role == .developer {
      try losses.lose(turn.path, "the \(turn.role.rawValue) turn", remedy)
      rest.removeFirst()
    }
    guard rest.count >= 2, let question = rest.popFirst(), question.role == .user, let answer = rest.popFirst(),
      answer.role == .assistant
    else {
      throw RowMisfit("/messages", "an xlam row is one question and the calls that answer it; \(remedy)")
    }
    if let next = rest.first {
      try losses.lose(next.path, "anything after the first turn of calls (results, further turns)", remedy)
    }
    return (question, answer)
  }
}
