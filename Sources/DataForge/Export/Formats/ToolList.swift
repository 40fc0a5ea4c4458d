import OrderedJSON

/// Reads a row's tools into canonical form: a list of `{"type": "function", "function": {…}}`.
enum ToolList {
  /// Takes a list, or one as JSON text; bare functions are wrapped. Empty text is no tools.
  static func normalised(_ value: JSONValue, at path: String) throws(RowMisfit) -> [JSONValue] {
    try change(value, at: path) ?? value.arrayValue ?? []
  }

  /// The tools in canonical form, or `nil` where they are in it already. (An empty list is not: a row then has none.)
  static func change(_ value: JSONValue, at path: String) throws(RowMisfit) -> [JSONValue]? {
    var tools = try list(value, at: path)
    var hasChanged = value.arrayValue == nil || tools.isEmpty
    for index in tools.indices {
      guard let object = tools[index].objectValue else {
        throw RowMisfit("\(path)/\(index)", "a tool is an object, not \(tools[index].typeName)")
      }
      guard isBare(object) else { continue }
      tools[index] = wrapped(tools[index])
      hasChanged = true
    }
    return hasChanged ? tools : nil
  }

  /// A list, or one as JSON text.
  static func list(_ value: JSONValue, at path: String) throws(RowMisfit) -> [JSONValue] {
    var value = value
    if let text = value.stringValue {
      if text.isEmpty { return [] }
      do throws(JSONParseError) {
        value = try JSONValue(parsing: text, limits: ToolCallForm.limits)
      } catch {
        throw RowMisfit(path, "the tools are text that is no JSON: \(error)")
      }
    }
    guard let list = value.arrayValue else { throw RowMisfit(path, "tools are a list, not \(value.typeName)") }
    return list
  }

  static func wrapped(_ function: JSONValue) -> JSONValue { ["type": "function", "function": function] }

  /// The bare function of a tool that has nothing beside it; else the tool.
  static func bare(_ tool: JSONValue) -> JSONValue {
    guard let object = tool.objectValue, object.count == 2, object["type"] == "function",
      let function = object["function"], let members = function.objectValue, isBare(members)
    else { return tool }
    return function
  }

  private static func isBare(_ tool: JSONObject) -> Bool { tool["function"] == nil && tool["name"]?.stringValue != nil }
}
