import OrderedJSON

/// The `messages` format, which TRL's SFT trainer reads: `messages`, `tools` where there are any, and whatever else the
/// row has (`id`, `source`).
///
/// It is the canonical form that every other format is read into and written from: call arguments are objects, each call
/// says `"type": "function"`, each tool stands as `{"type": "function", "function": {…}}`, no member is `null`. Unknown
/// members stay: they are the user's.
/// Source: https://huggingface.co/docs/trl/dataset_formats
public enum MessagesFormat {
  /// Checks a row of anybody's and brings it into canonical form.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject { try read(row, origins: nil) }

  /// Checks a row and leaves it as it stands, for whoever needs the messages with their unknown keys and nulls.
  /// - Parameter needsAssistant: whether a row without a turn of the assistant's is a misfit; a prompt has none.
  /// - Throws: `RowMisfit` where `read(_:)` would.
  public static func check(_ row: JSONObject, needsAssistant: Bool = true) throws(RowMisfit) {
    _ = try read(row, origins: nil, needsAssistant: needsAssistant)
  }

  /// A canonical row as it is: the format holds everything.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] { [row] }

  /// A finished sample as a row.
  /// - Parameter reasoning: whether assistant turns carry their rationale as `reasoning_content`.
  /// - Throws: `EncodingError` for a number that is not finite.
  public static func row(of sample: Sample, reasoning: Bool = true) throws -> JSONObject {
    var messages = sample.messages
    if !reasoning {
      for index in messages.indices { messages[index].reasoningContent = nil }
    }
    var row: JSONObject = ["id": .string(sample.id), "messages": try JSONValueEncoder().encode(messages)]
    if let tools = sample.tools, !tools.isEmpty { row["tools"] = .array(tools) }
    row["source"] = try JSONValueEncoder().encode(sample.source)
    return row
  }

  /// The row without any `reasoning_content`.
  public static func withoutReasoning(_ row: JSONObject) -> JSONObject {
    guard let messages = row["messages"]?.arrayValue else { return row }
    var row = row
    row["messages"] = .array(
      messages.map { message in
        guard var object = message.objectValue, object["reasoning_content"] != nil else { return message }
        object["reasoning_content"] = nil
        return .object(object)
      })
    return row
  }

  /// Checks and normalises messages that another format was read into.
  /// - Parameter origins: where each message stood in the row as it was read.
  static func read(
    _ row: JSONObject, origins: [String]?, needsAssistant: Bool = true
  ) throws(RowMisfit) -> JSONObject {
    guard let value = row["messages"], !value.isNull else { throw RowMisfit("/messages", "the row has no messages") }
    guard var messages = value.arrayValue else {
      throw RowMisfit("/messages", "messages are a list, not \(value.typeName)")
    }
    if messages.isEmpty { throw RowMisfit("/messages", "the list of messages is empty; a row needs at least one") }
    var hasChanged = false
    var order = TurnOrder()
    for index in messages.indices {
      func path() -> String { origins?[index] ?? "/messages/\(index)" }
      let result = try MessageForm.normalised(messages[index], at: path())
      try order.add(result.message, result.role, at: path())
      guard result.hasChanged else { continue }
      messages[index] = .object(result.message)
      hasChanged = true
    }
    if needsAssistant { try order.finish() }
    var result = row.withoutNulls
    if hasChanged { result["messages"] = .array(messages) }
    if let tools = result["tools"], let list = try ToolList.change(tools, at: "/tools") {
      result["tools"] = list.isEmpty ? Optional.none : JSONValue.array(list)
    }
    return result
  }

  /// The canonical row of messages that another format was read into.
  /// - Parameters:
  ///   - rest: the members of the row that the format does not define.
  ///   - origins: where each message stood in the row.
  static func canonical(
    messages: [JSONValue], tools: [JSONValue] = [], rest: JSONObject, origins: [String]
  ) throws(RowMisfit) -> JSONObject {
    if rest["messages"] != nil {
      throw RowMisfit("/messages", "the row has messages beside its own form; name the format with --from messages")
    }
    var row = JSONObject()
    if let id = rest["id"] { row["id"] = id }
    row["messages"] = .array(messages)
    if !tools.isEmpty { row["tools"] = .array(tools) }
    for (key, value) in rest { row[key] = value }
    return try read(row, origins: origins)
  }
}
