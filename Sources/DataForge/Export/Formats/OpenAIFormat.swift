import OrderedJSON

/// OpenAI's fine-tuning form: call arguments are text, every call has an id, each result names the call that it answers,
/// and `parallel_tool_calls` is true where a turn has several calls.
///
/// Calls without ids get `call_1`, `call_2` and so on, in order; so ids are all that a row can gain by the way there and
/// back.
/// Source: https://platform.openai.com/docs/api-reference/fine-tuning/chat-input
public enum OpenAIFormat {
  /// The canonical form of a row.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject {
    var result = try MessagesFormat.read(row)
    // It says what the turns say, and only OpenAI needs it.
    if result["parallel_tool_calls"] == true, hasParallelCalls(result) { result["parallel_tool_calls"] = nil }
    return result
  }

  /// One row.
  /// - Throws: `RowMisfit` for reasoning and for results that are no text, unless `lossy`.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .openai, allowed: lossy)
    var ids = CallIDs(row)
    var messages: [JSONValue] = []
    for (index, message) in (row["messages"]?.arrayValue ?? []).enumerated() {
      guard var object = message.objectValue else { continue }
      let path = "/messages/\(index)"
      if object["reasoning_content"] != nil {
        try losses.lose(
          path + "/reasoning_content", "reasoning",
          "messages, prompt-completion and sharegpt hold it, --no-reasoning leaves it out")
        object["reasoning_content"] = nil
      }
      if case .object? = object["content"] {
        try losses.lose(path + "/content", "a result that is no text", "write it as JSON text")
        object["content"] = (object["content"]?.serialized()).map { .string($0) }
      }
      if let calls = object["tool_calls"]?.arrayValue {
        object["tool_calls"] = .array(calls.map { written($0, &ids) })
      }
      if object["role"] == "tool" { object["tool_call_id"] = ids.answered(by: object) }
      messages.append(.object(object))
    }
    var result = row
    result["messages"] = .array(messages)
    if hasParallelCalls(row) {
      if row["parallel_tool_calls"] == false {
        throw RowMisfit("/parallel_tool_calls", "the row says false, but a turn has several calls")
      }
      result["parallel_tool_calls"] = true
    }
    return [result]
  }

  private static func written(_ call: JSONValue, _ ids: inout CallIDs) -> JSONValue {
    guard var object = call.objectValue, var function = object["function"]?.objectValue else { return call }
    if let arguments = function["arguments"], arguments.stringValue == nil {
      function["arguments"] = .string(arguments.serialized())
      object["function"] = .object(function)
    }
    let id = ids.id(of: object)
    if object["id"] != nil { return .object(object) }
    var result: JSONObject = ["id": .string(id)]
    for (key, value) in object { result[key] = value }
    return .object(result)
  }

  private static func hasParallelCalls(_ row: JSONObject) -> Bool {
    row["messages"]?.arrayValue?.contains { ($0["tool_calls"]?.arrayValue?.count ?? 0) > 1 } ?? false
  }
}

/// Gives ids to calls that have none, and to results the ids of the calls that they answer.
private struct CallIDs {
  private var taken: Set<String> = []
  private var made = 0
  private var open: [(id: String, name: String?)] = []

  init(_ row: JSONObject) {
    for message in row["messages"]?.arrayValue ?? [] {
      for call in message["tool_calls"]?.arrayValue ?? [] {
        if let id = call["id"]?.stringValue { taken.insert(id) }
      }
    }
  }

  mutating func id(of call: JSONObject) -> String {
    var id = call["id"]?.stringValue
    while id == nil {
      made += 1
      if !taken.contains("call_\(made)") { id = "call_\(made)" }
    }
    open.append((id ?? "", call["function"]?["name"]?.stringValue))
    return id ?? ""
  }

  mutating func answered(by result: JSONObject) -> JSONValue? {
    let named = result["tool_call_id"]?.stringValue
    let name = result["name"]?.stringValue
    let place =
      named.map { named in open.firstIndex { $0.id == named } }
      ?? open.firstIndex { name != nil && $0.name == name } ?? open.indices.first
    guard let place else { return result["tool_call_id"] }
    return .string(open.remove(at: place).id)
  }
}
