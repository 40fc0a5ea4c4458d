import OrderedJSON

/// The ShareGPT form as LLaMA-Factory reads it: `conversations` of `from` and `value`, `system` and `tools` (JSON text)
/// beside them. Questions and results (human, observation) stand in odd places, answers and calls (gpt, function_call) in
/// even ones; LLaMA-Factory skips any other row.
///
/// Several calls of a turn are a JSON list in one `function_call`, their results one in the `observation` after it.
/// Reasoning stands in `<think>` before an answer or call. Ids of calls stand beside the conversation, as `call_ids`.
/// Source: https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md, its `SharegptDatasetConverter` and
/// `FunctionFormatter`.
public enum ShareGPTFormat {
  static let members: Set<String> = ["conversations", "system", "tools", CallLinks.member]
  static let remedy = "messages, openai and prompt-completion hold it"

  /// The canonical form of a row; also of the usual variants, whose turns have `role` and `content`, or call the speakers
  /// user, assistant, system and tool, or give each of several calls or results its own turn.
  /// - Throws: `RowMisfit`.
  public static func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject { try ShareGPTReading.read(row) }

  /// One row.
  /// - Throws: `RowMisfit` where turns do not take turns, always; for what has no place unless `lossy`.
  public static func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    let losses = LossRule(format: .sharegpt, allowed: lossy)
    let conversation = try Conversation(row)
    var writing = ShareGPTWriting(losses: losses)
    try writing.add(conversation.turns)
    var result: JSONObject = ["conversations": .array(writing.turns.map { .object($0) })]
    if let system = writing.system { result["system"] = .string(system) }
    if !conversation.tools.isEmpty {
      result["tools"] = .string(JSONValue.array(conversation.tools.map(ToolList.bare)).serialized(.spaced))
    }
    if let ids = try CallLinks.written(conversation.turns, losses) { result[CallLinks.member] = ids }
    return [try conversation.row(result, reserved: members, losses)]
  }
}

/// Who speaks in a ShareGPT turn.
enum ShareGPTSpeaker: String {
  case system, developer, human, gpt
  case call = "function_call"
  case observation

  /// Takes LLaMA-Factory's names and those of the usual variants.
  init?(name: String) {
    switch name {
    case "system": self = .system
    case "developer": self = .developer
    case "human", "user": self = .human
    case "gpt", "assistant", "chatgpt", "model", "bot", "bing", "bard": self = .gpt
    case "function_call", "tool_call", "function-call", "tool-call": self = .call
    case "observation", "tool", "function", "function_response", "tool_response", "function-response",
      "tool-response", "ipython":
      self = .observation
    default: return nil
    }
  }

  /// Whether it stands in odd places, counted from 1; `nil` where it stands before all of them.
  var isOdd: Bool? {
    switch self {
    case .human, .observation: true
    case .gpt, .call: false
    case .system, .developer: nil
    }
  }
}
