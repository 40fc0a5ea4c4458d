import OrderedJSON

/// The forms in which trainers take rows. The raw values are the names that users type.
public enum RowFormat: String, CaseIterable, Codable, Sendable {
  /// TRL's conversations: `messages`, call arguments as objects, `tools`.
  case messages
  /// OpenAI's fine-tuning files: `messages`, call arguments as text.
  case openai
  /// LLaMA-Factory's conversations: `from` and `value`.
  case sharegpt
  /// `instruction`, `input`, `output`.
  case alpaca
  /// TRL's `prompt` and `completion`, each a list of messages.
  case promptCompletion = "prompt-completion"
  /// Two rows a sample, label and rationale, as in *Distilling step-by-step*.
  case distill
  /// Salesforce's `query`, `tools`, `answers`.
  case xlam
  /// `text`, as a chat template renders it.
  case text
  /// `input_ids` with their labels.
  case tokens

  /// The format of a row, told by the keys that it has; `nil` where they tell nothing.
  public static func recognise(_ row: JSONObject) -> RowFormat? {
    func has(_ key: String) -> Bool { row[key].map { !$0.isNull } ?? false }
    if has("input_ids") { return .tokens }
    if has("messages") { return isOpenAI(row) ? .openai : .messages }
    if has("conversations") { return .sharegpt }
    if has("query"), has("answers") { return .xlam }
    if has("prompt"), has("completion") {
      let task = row["task"]?.stringValue.flatMap(DistillFormat.Task.init(rawValue:))
      return task == nil ? .promptCompletion : .distill
    }
    if has("instruction"), has("output") { return .alpaca }
    return row["text"]?.stringValue == nil ? nil : .text
  }

  /// Both have `messages`; OpenAI's arguments are text.
  private static func isOpenAI(_ row: JSONObject) -> Bool {
    if row["parallel_tool_calls"]?.boolValue != nil { return true }
    for message in row["messages"]?.arrayValue ?? [] {
      for call in message["tool_calls"]?.arrayValue ?? [] where call["function"]?["arguments"]?.stringValue != nil {
        return true
      }
    }
    return false
  }

  /// The rows of this format that say what a canonical row says.
  ///
  /// - Parameters:
  ///   - row: as `MessagesFormat.read` and every other reader return it.
  ///   - lossy: whether what the format cannot hold is dropped.
  /// - Throws: `RowMisfit` where something would be lost, or where the conversation has a form that the format does not
  ///   know; for `text` and `tokens` always, since they need a chat template.
  public func write(_ row: JSONObject, lossy: Bool = false) throws(RowMisfit) -> [JSONObject] {
    switch self {
    case .messages: return try MessagesFormat.write(row, lossy: lossy)
    case .openai: return try OpenAIFormat.write(row, lossy: lossy)
    case .sharegpt: return try ShareGPTFormat.write(row, lossy: lossy)
    case .alpaca: return try AlpacaFormat.write(row, lossy: lossy)
    case .promptCompletion: return try PromptCompletionFormat.write(row, lossy: lossy)
    case .distill: return try DistillFormat.write(row, lossy: lossy)
    case .xlam: return try XLAMFormat.write(row, lossy: lossy)
    case .text, .tokens: throw RowMisfit("", "\(rawValue) rows are rendered with a chat template; name one")
    }
  }
}
