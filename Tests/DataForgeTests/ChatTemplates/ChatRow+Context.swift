import DataForge
import OrderedJSON

extension ChatRow {
  /// A row that gives a template this context.
  init(context: JSONObject) throws {
    var arguments = context
    for key in ["messages", "tools"] { arguments[key] = nil }
    var row: JSONObject = ["messages": context["messages"] ?? .null]
    if let tools = context["tools"] { row["tools"] = tools }
    row["chat_template_kwargs"] = .object(arguments)
    try self.init(row)
  }
}
