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
    let isPaired = row.conversation.roleKey == "from"
    var messages = row.json[row.conversation.place == "/messages" ? "messages" : "conversations"]?.arrayValue ?? []

    let flat = row.calls.filter { $0.message == nil }
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
    object[row.conversation.place == "/messages" ? "messages" : "conversations"] = .array(messages)
    return .object(object)
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
    var message: JSONObject = ["role": "tool"]
    if let id = call.id { message["tool_call_id"] = .string(id) }
    if let name = call.name { message["name"] = .string(name) }
    message["content"] = .string(content)
    return .object(message)
  }
}
