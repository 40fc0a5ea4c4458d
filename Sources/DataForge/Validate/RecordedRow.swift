import OrderedJSON

/// A row with the results that were observed, for the calls that have none: `tool` messages behind the calls.
///
/// A flat list of calls becomes a conversation: an assistant's turn with these calls, and their results.
enum RecordedRow {
  /// The row with what is missing.
  static func filled(_ row: ToolRow, _ observed: [RowVerdict.ObservedCall]) -> JSONValue {
    guard var object = row.json.objectValue, !observed.isEmpty else { return row.json }
    let seen = Dictionary(observed.map { ($0.call, $0.observation) }) { first, _ in first }
    let recorded = FormatCheck.recordedResults(in: row)
    let known = Set(recorded.map(\.call))
    let missing = row.calls.filter { !known.contains($0.index) && seen[$0.index] != nil }
    guard !missing.isEmpty else { return row.json }
    let isPaired = row.conversation.isPaired
    let flat = row.calls.filter { $0.message == nil }
    // A turn of another form than results have cannot stand in its row.
    var messages = isPaired ? Self.list(of: row) : row.messages ?? []

    if !flat.isEmpty, !isPaired {
      if messages.isEmpty, let query = object["query"]?.stringValue ?? object["question"]?.stringValue {
        messages = [["role": "user", "content": .string(query)]]
      }
      messages.append(turn(of: flat))
      for call in flat { messages.append(message(for: call, seen[call.index], isPaired: false)) }
      object["calls"] = nil
      object["answers"] = nil
    }

    // From the back, so that places in front stay right.
    let turns = Dictionary(grouping: missing.filter { $0.message != nil }) { $0.message ?? 0 }
    for (index, calls) in turns.sorted(by: { $0.key > $1.key }) {
      let last = recorded.filter { result in
        row.calls[result.call].message == index
      }.map(\.message).max()
      let results = calls.map { message(for: $0, seen[$0.index], isPaired: isPaired) }
      messages.insert(contentsOf: results, at: min((last ?? index) + 1, messages.count))
    }
    put(messages, into: &object, row.conversation.form)
    return .object(object)
  }

  private static func list(of row: ToolRow) -> [JSONValue] {
    guard case .list(let key, _, _) = row.conversation.form else { return [] }
    return ToolRow.unwrapped(row.json[key] ?? .null).arrayValue ?? []
  }

  /// Writes the turns where they came from. Those of a text stand in `messages` from now on.
  private static func put(_ messages: [JSONValue], into row: inout JSONObject, _ form: RowConversation.Form) {
    switch form {
    case .list(let key, _, _): row[key] = .array(messages)
    case .promptAndCompletion(let count): row["completion"] = .array(Array(messages.dropFirst(count)))
    case .texts(let keys):
      for key in keys + ["input"] { row[key] = nil }
      row["messages"] = .array(messages)
    }
  }

  private static func turn(of calls: [ToolRow.Call]) -> JSONValue {
    [
      "role": "assistant", "content": "",
      "tool_calls": .array(calls.map(\.toolCall)),
    ]
  }

  private static func message(
    for call: ToolRow.Call, _ observation: Observation?, isPaired: Bool
  ) -> JSONValue {
    let output = observation?.output ?? .null
    let content = output.stringValue ?? output.serialized(.compact)
    if isPaired { return ["from": "observation", "value": .string(content)] }
    if call.argumentsKey == "input" {
      let result: JSONValue = [
        "type": "tool_result", "tool_use_id": .string(call.id ?? ""), "content": .string(content),
      ]
      return ["role": "user", "content": [result]]
    }
    var message: JSONObject = ["role": "tool"]
    if let id = call.id { message["tool_call_id"] = .string(id) }
    if let name = call.name { message["name"] = .string(name) }
    message["content"] = .string(content)
    return .object(message)
  }
}
