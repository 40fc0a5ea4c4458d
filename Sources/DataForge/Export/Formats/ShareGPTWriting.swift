import OrderedJSON

/// Writes the turns of a canonical row as ShareGPT turns.
struct ShareGPTWriting {
  let losses: LossRule
  private(set) var turns: [JSONObject] = []
  /// The system text, where it stands beside the turns.
  private(set) var system: String?
  /// How many turns there are without a system turn.
  private var places = 0

  init(losses: LossRule) { self.losses = losses }

  mutating func add(_ list: [ChatTurn]) throws(RowMisfit) {
    var index = 0
    while index < list.count {
      let turn = list[index]
      index += 1
      switch turn.role {
      case .system, .developer: try addInstructions(turn)
      case .user: try add(.human, try losses.text(of: turn), turn)
      case .assistant: try addAnswer(turn)
      case .tool:
        let first = index - 1
        while index < list.count, list[index].role == .tool { index += 1 }
        try addResults(Array(list[first..<index]), of: first > 0 ? list[first - 1].calls : [])
      }
    }
    if places % 2 != 0 {
      throw RowMisfit(
        list.last?.path ?? "/messages",
        "LLaMA-Factory skips a conversation that does not end with an answer or a call; \(ShareGPTFormat.remedy)")
    }
  }

  private mutating func add(
    _ speaker: ShareGPTSpeaker, _ value: String, _ turn: ChatTurn, others: JSONObject? = nil
  ) throws(RowMisfit) {
    if let isOdd = speaker.isOdd {
      guard isOdd == (places % 2 == 0) else {
        throw RowMisfit(
          turn.path,
          "LLaMA-Factory wants questions and results in odd places, answers and calls in even ones, and "
            + "skips other rows: a \(speaker.rawValue) turn cannot be number \(places + 1); \(ShareGPTFormat.remedy)")
      }
      places += 1
    }
    var result: JSONObject = ["from": .string(speaker.rawValue), "value": .string(value)]
    var members = others
    if members == nil { members = try kept(turn) }
    for (key, member) in members ?? [:] { result[key] = member }
    turns.append(result)
  }

  /// A turn's other members, which stand in the turn; LLaMA-Factory reads past them.
  private func kept(_ turn: ChatTurn) throws(RowMisfit) -> JSONObject {
    var others = turn.others
    for (key, idle) in [("weight", 0 as JSONValue), ("train", false)] where others[key] == idle {
      try losses.lose(
        "\(turn.path)/\(key)", "a turn that is not trained on (LLaMA-Factory trains on every answer)",
        "messages and openai hold it")
      others[key] = nil
    }
    for key in ["from", "value"] where others[key] != nil {
      try losses.lose(
        "\(turn.path)/\(key)", "a message's own member \"\(key)\", a name that has its own meaning there", "rename it")
      others[key] = nil
    }
    return others
  }

  private mutating func addInstructions(_ turn: ChatTurn) throws(RowMisfit) {
    if turn.role == .developer {
      try losses.lose(turn.path, "a developer turn", "messages and openai hold it, or make it the system turn")
    }
    let text = try losses.text(of: turn)
    let others = try kept(turn)
    if let first = system {
      system = first + "\n\n" + text
    } else if let first = turns.first {
      // Instructions come first, so this is the system turn below.
      turns[0]["value"] = .string((first["value"]?.stringValue ?? "") + "\n\n" + text)
    } else if others.isEmpty, !text.isEmpty {
      system = text
    } else {
      // An empty text beside the turns would be taken for none, and a turn has room for other members.
      try add(.system, text, turn, others: others)
    }
  }

  private mutating func addAnswer(_ turn: ChatTurn) throws(RowMisfit) {
    var text = try losses.text(of: turn)
    if !turn.calls.isEmpty {
      if turn.hasText {
        try losses.lose(turn.path + "/content", "text beside tool calls", "messages and openai hold it")
      }
      var calls: [JSONValue] = []
      for (index, call) in turn.calls.enumerated() {
        for path in call.others {
          try losses.lose(
            "\(turn.path)/tool_calls/\(index)\(path)", "a call's other members", "messages and openai hold them")
        }
        calls.append(["name": .string(call.name), "arguments": .object(call.arguments)])
      }
      text = (calls.count == 1 ? calls[0] : .array(calls)).serialized(.spaced)
    }
    if let joined = ThinkBlock.joined(reasoning: turn.reasoning, answer: text) {
      text = joined
    } else {
      try losses.lose(turn.path, "an answer or reasoning that has think marks of its own", "messages holds it")
    }
    try add(turn.calls.isEmpty ? .gpt : .call, text, turn)
  }

  private mutating func addResults(_ results: [ChatTurn], of calls: [ChatCall]) throws(RowMisfit) {
    guard calls.count == results.count else {
      throw RowMisfit(
        results[0].path,
        "in sharegpt the results of a turn's calls follow it, one for each: here are \(calls.count) calls and "
          + "\(results.count) results; \(ShareGPTFormat.remedy)")
    }
    var ordered = results
    for (index, call) in calls.enumerated() {
      guard let id = call.id, let place = results.firstIndex(where: { $0.toolCallID == id }) else { continue }
      if place != index {
        try losses.lose(results[index].path, "results in another order than their calls", "bring them into order")
      }
      ordered[index] = results[place]
    }
    if ordered.count == 1 { return try add(.observation, try losses.text(of: ordered[0]), ordered[0]) }
    var values: [JSONValue] = []
    for result in ordered {
      try losses.loseOthers(of: result, "messages and openai hold it")
      values.append(ShareGPTResults.json(try losses.text(of: result)))
    }
    try add(.observation, JSONValue.array(values).serialized(.spaced), ordered[0], others: [:])
  }
}

/// Several results in one turn: a JSON list.
enum ShareGPTResults {
  /// A result in the list: itself where it is an object or a list in compact JSON, else its text.
  static func json(_ text: String) -> JSONValue {
    guard text.utf8.first == UInt8(ascii: "{") || text.utf8.first == UInt8(ascii: "["),
      let value = try? JSONValue(parsing: text), JSONValue.string(value.serialized()) == .string(text)
    else { return .string(text) }
    return value
  }

  /// The results that stand in a turn's text, where it is a list of so many.
  static func texts(_ value: String, count: Int) -> [String]? {
    guard let list = (try? JSONValue(parsing: value))?.arrayValue, list.count == count else { return nil }
    return list.map { $0.stringValue ?? $0.serialized() }
  }
}
