import OrderedJSON

/// One row of the `messages` format, which TRL's SFT trainer reads: `id`, `messages`, `tools` where there are any, and
/// `source`.
///
/// No key is ever written with `null`: `datasets` would give it to every row.
public enum MessagesRow {
  public static func json(_ sample: Sample, reasoning: Bool) throws -> JSONValue {
    var messages = sample.messages
    if !reasoning {
      for index in messages.indices { messages[index].reasoningContent = nil }
    }
    var row: JSONObject = ["id": .string(sample.id), "messages": try JSONValueEncoder().encode(messages)]
    if let tools = sample.tools, !tools.isEmpty { row["tools"] = .array(tools) }
    row["source"] = try JSONValueEncoder().encode(sample.source)
    return .object(row)
  }
}
