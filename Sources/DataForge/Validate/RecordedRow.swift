import OrderedJSON

/// A row with the results that were observed, for the calls that have none: turns behind the calls, in the row's own form.
///
/// A flat list of calls becomes a conversation: an assistant's turn with these calls, and their results. So do turns that
/// stand in one text.
enum RecordedRow {
  /// The row with what is missing.
  static func filled(_ row: ToolRow, _ observed: [RowVerdict.ObservedCall]) -> JSONValue {
    guard let object = row.json.objectValue, !observed.isEmpty else { return row.json }
    let seen = Dictionary(observed.map { ($0.call, $0.observation.output) }) { first, _ in first }
    let recorded = FormatCheck.recordedResults(in: row)
    let known = Set(recorded.map(\.call))
    let missing = row.calls.filter { !known.contains($0.index) && seen[$0.index] != nil }
    guard !missing.isEmpty else { return row.json }
    var turns = NativeTurns(object, row.conversation)

    // From the back, so that places in front stay right.
    let byTurn = Dictionary(grouping: missing.filter { $0.message != nil }) { $0.message ?? 0 }
    for (index, calls) in byTurn.sorted(by: { $0.key > $1.key }) {
      let last = recorded.filter { row.calls[$0.call].message == index }.map(\.message).max()
      let results = calls.map { WrittenResult(call: $0, output: seen[$0.index] ?? .null) }
      turns.insert(WrittenResult.turns(results, as: row.conversation.family), behind: last ?? index)
    }
    let flat = row.calls.filter { $0.message == nil }
    if !flat.isEmpty, row.conversation.family == .chat {
      turns.makeTurn(of: flat, results: flat.map { WrittenResult(call: $0, output: seen[$0.index] ?? .null) })
    }
    return .object(turns.row)
  }
}

/// What a call answered, as a row would have it.
private struct WrittenResult {
  var call: ToolRow.Call
  var output: JSONValue

  private var text: JSONValue { .string(output.stringValue ?? output.serialized(.compact)) }

  /// The turns, or items, that hold the results of one turn's calls.
  static func turns(_ results: [WrittenResult], as family: RowConversation.Family) -> [JSONValue] {
    switch family {
    case .chat: return results.map(\.message)
    case .paired: return results.map { ["from": "observation", "value": $0.text] }
    case .gemini: return [["role": "user", "parts": .array(results.map(\.part))]]
    case .responses: return results.map(\.item)
    }
  }

  private var message: JSONValue {
    if call.argumentsKey == "input" {
      let result: JSONValue = ["type": "tool_result", "tool_use_id": .string(call.id ?? ""), "content": text]
      return ["role": "user", "content": [result]]
    }
    var message: JSONObject = ["role": "tool"]
    if let id = call.id { message["tool_call_id"] = .string(id) }
    if let name = call.name { message["name"] = .string(name) }
    message["content"] = text
    return .object(message)
  }

  private var part: JSONValue {
    var response = JSONObject()
    if let id = call.id { response["id"] = .string(id) }
    response["name"] = .string(call.name ?? "")
    // A response is an object there.
    response["response"] = output.objectValue == nil ? ["result": output] : output
    return call.path.hasSuffix("/function_call")
      ? ["function_response": .object(response)] : ["functionResponse": .object(response)]
  }

  private var item: JSONValue {
    var item: JSONObject = ["type": "function_call_output"]
    if let id = call.id { item["call_id"] = .string(id) }
    item["output"] = text
    return .object(item)
  }
}

/// A row's turns, where and as they are written. Those of a text stand in `messages` from now on.
private struct NativeTurns {
  private(set) var row: JSONObject
  private let conversation: RowConversation

  init(_ row: JSONObject, _ conversation: RowConversation) {
    self.row = row
    self.conversation = conversation
    guard case .texts(let keys) = conversation.form else { return }
    for key in keys + ["input"] { self.row[key] = nil }
    self.row["messages"] = .array(conversation.messages ?? [])
  }

  mutating func insert(_ turns: [JSONValue], behind index: Int) {
    let (key, place) = conversation.behind(index) ?? ("messages", index + 1)
    var list = list(key)
    list.insert(contentsOf: turns, at: min(place, list.count))
    row[key] = .array(list)
  }

  /// Makes a turn at the end of calls that stood outside of turns.
  mutating func makeTurn(of calls: [ToolRow.Call], results: [WrittenResult]) {
    let key: String
    switch conversation.form {
    case .list(let name, _, _): key = name
    case .promptAndCompletion: key = "completion"
    case .texts, .items: key = "messages"
    }
    var list = list(key)
    if list.isEmpty, let query = row["query"]?.stringValue ?? row["question"]?.stringValue {
      list = [["role": "user", "content": .string(query)]]
    }
    list.append(["role": "assistant", "content": "", "tool_calls": .array(calls.map(\.toolCall))])
    row[key] = .array(list + WrittenResult.turns(results, as: .chat))
    row["calls"] = nil
    row["answers"] = nil
  }

  private func list(_ key: String) -> [JSONValue] {
    if conversation.family == .responses, let text = row[key]?.stringValue {
      return [ResponsesItems.message(text, under: key)]
    }
    return ToolRow.unwrapped(row[key] ?? .null).arrayValue ?? []
  }
}
