import OrderedJSON

/// Reads ShareGPT turns into canonical messages.
struct ShareGPTReading {
  private var messages: [JSONValue] = []
  private var origins: [String] = []
  /// The ids of the row's calls that have not come yet, in order.
  private var ids: ArraySlice<String> = []
  /// The ids of the last turn's calls, where they have any.
  private var open: ArraySlice<String?> = []

  private struct Turn {
    var speaker: ShareGPTSpeaker
    var path: String
    var text: String
    /// Members that the format does not define.
    var others: JSONObject
    /// The turn as a message, where it is written as one.
    var message: JSONObject?
  }

  static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject {
    var reading = ShareGPTReading()
    if let system = row["system"], !system.isNull {
      guard let text = system.stringValue else {
        throw RowMisfit("/system", "the system text is text, not \(system.typeName)")
      }
      // LLaMA-Factory takes an empty one for none.
      if !text.isEmpty { reading.append(ChatMessage.plain(.system, text), "/system") }
    }
    let blocks = try blocks(try turns(row))
    var calls = 0
    for block in blocks where block[0].speaker == .call {
      for turn in block { calls += try Self.calls(turn).count }
    }
    reading.ids = try CallLinks.read(row, count: calls)[...]
    for block in blocks { try reading.add(block) }
    var tools: [JSONValue] = []
    if let value = row["tools"], !value.isNull { tools = try ToolList.normalised(value, at: "/tools") }
    return try MessagesFormat.canonical(
      messages: reading.messages, tools: tools, rest: row.without(ShareGPTFormat.members), origins: reading.origins)
  }

  private mutating func append(_ message: JSONValue, _ path: String) {
    messages.append(message)
    origins.append(path)
  }

  // MARK: Turns

  private static func turns(_ row: JSONObject) throws(RowMisfit) -> [Turn] {
    guard let list = row["conversations"]?.arrayValue else {
      throw RowMisfit("/conversations", "the row has no list of conversations")
    }
    if list.isEmpty { throw RowMisfit("/conversations", "the conversation is empty") }
    var turns: [Turn] = []
    for (index, value) in list.enumerated() { turns.append(try turn(value, at: "/conversations/\(index)")) }
    return turns
  }

  private static func turn(_ value: JSONValue, at path: String) throws(RowMisfit) -> Turn {
    guard let object = value.objectValue?.withoutNulls else {
      throw RowMisfit(path, "a turn is an object, not \(value.typeName)")
    }
    let isMessage = object["from"] == nil && object["role"] != nil
    let (speakerKey, textKey) = isMessage ? ("role", "content") : ("from", "value")
    guard let name = object[speakerKey]?.stringValue else {
      throw RowMisfit("\(path)/\(speakerKey)", "the turn does not say who speaks")
    }
    guard let speaker = ShareGPTSpeaker(name: name) else {
      let known = ["human", "gpt", "function_call", "observation", "system", "user", "assistant", "tool"]
      throw RowMisfit(
        "\(path)/\(speakerKey)",
        "nobody is called \"\(name.prefix(40))\"\(Suggestion.hint(for: name, among: known)); "
          + "known: human, gpt, function_call, observation, system")
    }
    let text = object[textKey]
    let needsText = !isMessage || speaker == .call
    if needsText, text?.stringValue == nil {
      throw RowMisfit("\(path)/\(textKey)", "the turn's \(textKey) is text, not \(text?.typeName ?? "missing")")
    }
    return Turn(
      speaker: speaker, path: path, text: text?.stringValue ?? "", others: object.without([speakerKey, textKey]),
      message: isMessage && speaker != .call ? object : nil)
  }

  /// Turns that count as one place: several calls, or several results, after each other.
  private static func blocks(_ turns: [Turn]) throws(RowMisfit) -> [[Turn]] {
    var blocks: [[Turn]] = []
    var places = 0
    for turn in turns {
      if let last = blocks.last?[0].speaker, last == turn.speaker, last == .call || last == .observation {
        blocks[blocks.count - 1].append(turn)
        continue
      }
      if let isOdd = turn.speaker.isOdd {
        guard isOdd == (places % 2 == 0) else {
          throw RowMisfit(
            turn.path,
            "questions and results (human, observation) stand in odd places, answers and calls (gpt, "
              + "function_call) in even ones; LLaMA-Factory skips other rows")
        }
        places += 1
      }
      blocks.append([turn])
    }
    guard places % 2 == 0 else {
      throw RowMisfit("/conversations", "the conversation must end with an answer or a call")
    }
    return blocks
  }

  // MARK: Messages

  private mutating func add(_ block: [Turn]) throws(RowMisfit) {
    let turn = block[0]
    switch turn.speaker {
    case .call: try addCalls(block)
    case .observation: try addResults(block)
    case .system, .developer, .human, .gpt: append(Self.message(turn), turn.path)
    }
    if turn.speaker != .call { open = [] }
  }

  private static func message(_ turn: Turn) -> JSONValue {
    let role: MessageRole =
      switch turn.speaker {
      case .system: .system
      case .developer: .developer
      case .human: .user
      case .gpt, .call: .assistant
      case .observation: .tool
      }
    var message = turn.message ?? ChatMessage.json(role, turn.text).objectValue ?? [:]
    message["role"] = .string(role.rawValue)
    for (key, value) in turn.others { message[key] = value }
    return .object(message)
  }

  private mutating func addCalls(_ block: [Turn]) throws(RowMisfit) {
    var message: JSONObject = ["role": "assistant"]
    var calls: [JSONValue] = []
    open = []
    for turn in block {
      if let reasoning = ThinkBlock.split(turn.text).reasoning { message["reasoning_content"] = .string(reasoning) }
      for call in try Self.calls(turn) {
        let id = ids.popFirst() ?? call["id"]?.stringValue
        calls.append(try Self.canonical(call, id, turn.path + "/value"))
        open.append(id)
      }
      for (key, value) in turn.others { message[key] = value }
    }
    message["tool_calls"] = .array(calls)
    append(.object(message), block[0].path)
  }

  /// A call in canonical form; within a text there are no places to point at.
  private static func canonical(_ call: JSONValue, _ id: String?, _ path: String) throws(RowMisfit) -> JSONValue {
    do throws(RowMisfit) {
      return .object(
        try ToolCallForm.normalised(
          ChatMessage.call(name: call["name"], arguments: call["arguments"], id: id), at: path))
    } catch { throw RowMisfit(path, error.reason) }
  }

  /// The calls in a turn's text: an object with name and arguments, or a list of them.
  private static func calls(_ turn: Turn) throws(RowMisfit) -> [JSONValue] {
    let path = turn.path + "/value"
    let value: JSONValue
    do throws(JSONParseError) {
      value = try JSONValue(parsing: ThinkBlock.split(turn.text).answer, limits: ToolCallForm.limits)
    } catch {
      throw RowMisfit(path, "a function_call is JSON, an object with name and arguments or a list of them: \(error)")
    }
    let calls = value.arrayValue ?? [value]
    guard !calls.isEmpty, calls.allSatisfy({ $0.objectValue != nil }) else {
      throw RowMisfit(path, "a function_call is an object with name and arguments, or a list of them")
    }
    return calls
  }

  private mutating func addResults(_ block: [Turn]) throws(RowMisfit) {
    let turn = block[0]
    if block.count == 1, open.count > 1, turn.message == nil,
      let texts = ShareGPTResults.texts(turn.text, count: open.count)
    {
      for text in texts { append(answered(ChatMessage.plain(.tool, text)), turn.path) }
      return
    }
    for turn in block { append(answered(Self.message(turn)), turn.path) }
  }

  /// The result with the id of the call that it answers.
  private mutating func answered(_ result: JSONValue) -> JSONValue {
    guard let id = open.popFirst() ?? nil, var message = result.objectValue else { return result }
    if message["tool_call_id"] == nil { message["tool_call_id"] = .string(id) }
    return .object(message)
  }
}
