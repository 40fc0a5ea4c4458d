import OrderedJSON

/// Reads `input` and `output` as OpenAI's Responses API has them: lists of items, each a message, a call
/// (`function_call`), what a call answered (`function_call_output`), or something that is none of these.
struct ResponsesItems: Hashable, Sendable {
  /// Where an item stands: the list's key, and the place in it; `nil` where there is a text instead of a list.
  struct Place: Hashable, Sendable {
    var key: String
    var index: Int?

    /// As a JSON Pointer.
    var path: String { index.map { "/\(key)/\($0)" } ?? "/" + key }
  }

  /// The items of a turn. Calls that follow each other are one turn: none of them waits for another's result.
  struct Turn: Hashable, Sendable {
    var items: [Place]
    /// Whether the parts of the message are the items.
    var isOfItems = false
  }

  private(set) var turns: [Turn] = []

  /// The items with the turns that they make as messages; `nil` where the row has none of this form.
  static func read(_ row: JSONValue) -> (messages: [JSONValue], items: ResponsesItems)? {
    guard keys.contains(where: { row[$0]?.arrayValue?.contains(where: isItem) == true }) else { return nil }
    var items = ResponsesItems()
    var messages: [JSONValue] = []
    for key in keys {
      if let text = row[key]?.stringValue {
        messages.append(message(text, under: key))
        items.turns.append(Turn(items: [Place(key: key, index: nil)]))
      }
      var calls: [JSONValue] = []
      for (index, item) in (row[key]?.arrayValue ?? []).enumerated() {
        let place = Place(key: key, index: index)
        let type = item["type"]?.stringValue
        if let type, others.contains(type) { continue }
        if type == "function_call" {
          calls.append(item)
          let message: JSONValue = ["role": "assistant", "content": .array(calls)]
          if calls.count > 1 {
            messages[messages.count - 1] = message
            items.turns[items.turns.count - 1].items.append(place)
          } else {
            messages.append(message)
            items.turns.append(Turn(items: [place], isOfItems: true))
          }
          continue
        }
        calls = []
        let isAnswer = type == "function_call_output"
        messages.append(isAnswer ? ["role": "tool", "content": [item]] : message(item, type))
        items.turns.append(Turn(items: [place], isOfItems: isAnswer))
      }
    }
    return (messages, items)
  }

  private static let keys = ["input", "output"]

  /// Items that say nothing about the calls of functions.
  private static let others: Set<String> = [
    "reasoning", "item_reference", "compaction", "web_search_call", "file_search_call", "computer_call",
    "computer_call_output", "code_interpreter_call", "image_generation_call", "local_shell_call",
    "local_shell_call_output", "shell_call", "shell_call_output", "apply_patch_call", "apply_patch_call_output",
    "mcp_call", "mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "custom_tool_call",
    "custom_tool_call_output",
  ]

  private static func isItem(_ value: JSONValue) -> Bool {
    guard let type = value["type"]?.stringValue else { return value["role"] != nil }
    return ["message", "function_call", "function_call_output"].contains(type)
  }

  /// A text that stands in the place of a list, as the item that it is short for.
  static func message(_ text: String, under key: String) -> JSONValue {
    ["role": key == "input" ? "user" : "assistant", "content": .string(text)]
  }

  /// An item that is a message, or one of no type that there is, whose missing role then tells.
  private static func message(_ item: JSONValue, _ type: String?) -> JSONValue {
    guard let object = item.objectValue, type != nil, type != "message", object["role"] == nil else { return item }
    var message = object
    message["role"] = object["type"]
    return .object(message)
  }
}
