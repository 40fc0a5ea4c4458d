import OrderedJSON

/// Reads `contents` as Gemini's API and its tuning files have them: turns of a `user` and a `model`, each with `parts` that
/// are text, calls (`functionCall`) or answers (`functionResponse`).
enum GeminiContents {
  static let key = "contents"

  /// The turns as messages, one for each; `nil` where the row has none of this form.
  static func messages(_ row: JSONValue) -> [JSONValue]? {
    guard let written = row[key], let list = ToolRow.unwrapped(written).arrayValue,
      list.isEmpty || list.contains(where: { $0["parts"] != nil })
    else { return nil }
    return list.map(message)
  }

  private static func message(_ turn: JSONValue) -> JSONValue {
    guard let object = turn.objectValue else { return turn }
    var message = JSONObject()
    // A single turn may leave out who speaks.
    message["role"] = object["role"].map { $0 == "model" ? "assistant" : $0 } ?? "user"
    if let parts = object["parts"] { message["content"] = parts }
    return .object(message)
  }

  /// What the row tells the model before all turns, and where.
  static func system(_ row: JSONValue) -> (place: String, text: String)? {
    guard let (key, written) = row.firstMember(of: ["systemInstruction", "system_instruction"]) else { return nil }
    if let text = written.stringValue { return ("/" + key, text) }
    let parts = written["parts"]?.arrayValue ?? written["parts"].map { [$0] } ?? [written]
    let text = parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    return text.isEmpty ? nil : ("/\(key)", text)
  }
}
