import OrderedJSON

/// TRL's conversational prompt and completion: the last turn, which must be the assistant's, is the completion, all
/// turns before it are the prompt. Only the completion is trained on, and with it never a tool's result.
///
/// Source: https://huggingface.co/docs/trl/dataset_formats
public enum PromptCompletionFormat {
  private static let members: Set<String> = ["prompt", "completion"]

  /// The canonical form of a row; plain texts become a question and its answer.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject {
    var messages: [JSONValue] = []
    var origins: [String] = []
    for (key, role) in [("prompt", MessageRole.user), ("completion", .assistant)] {
      switch row[key] {
      case .string(let text)?:
        messages.append(ChatMessage.plain(role, text))
        origins.append("/" + key)
      case .array(let list)?:
        messages += list
        origins += list.indices.map { "/\(key)/\($0)" }
      case nil, .null?: throw RowMisfit("/" + key, "the row has no \(key)")
      case let other?: throw RowMisfit("/" + key, "\(key) is a list of messages or text, not \(other.typeName)")
      }
    }
    return try MessagesFormat.canonical(messages: messages, rest: row.without(members), origins: origins)
  }

  /// One row.
  /// - Throws: `RowMisfit` where the last turn is not the assistant's, or nothing stands before it.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .promptCompletion, allowed: lossy)
    guard let messages = row["messages"]?.arrayValue, let last = messages.last else {
      throw RowMisfit("/messages", "the row has no messages")
    }
    guard last["role"] == "assistant" else {
      throw RowMisfit(
        "/messages/\(messages.count - 1)/role",
        "the completion is the assistant's last turn, but the conversation ends with another; messages holds it")
    }
    if messages.count == 1 {
      throw RowMisfit("/messages", "nothing stands before the answer, so there is no prompt; messages holds such a row")
    }
    var result = JSONObject()
    if let id = row["id"] { result["id"] = id }
    result["prompt"] = .array(Array(messages.dropLast()))
    result["completion"] = .array([last])
    for (key, value) in row where key != "messages" {
      if members.contains(key) {
        try losses.lose(
          "/" + key, "the row's own member \"\(key)\", a name that has its own meaning there", "rename it")
      } else {
        result[key] = value
      }
    }
    return [result]
  }
}
