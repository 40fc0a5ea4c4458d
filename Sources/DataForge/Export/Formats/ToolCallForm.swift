import OrderedJSON

/// Brings one tool call into canonical form, `{"id", "type": "function", "function": {"name", "arguments": {…}}}`, or
/// says which of its fields is wrong.
enum ToolCallForm {
  /// The call in canonical form.
  static func normalised(_ value: JSONValue, at path: @autoclosure () -> String) throws(RowMisfit) -> JSONObject {
    try change(value, at: path()) ?? value.objectValue ?? [:]
  }

  /// The call in canonical form, or `nil` where it is in it already: most are, and need no copy.
  /// - Parameter path: where the call stands; only asked for where something is wrong.
  static func change(_ value: JSONValue, at path: @autoclosure () -> String) throws(RowMisfit) -> JSONObject? {
    guard let object = value.objectValue else {
      throw RowMisfit(path(), "a tool call is an object, not \(value.typeName)")
    }
    var call = object
    var hasChanged = object.hasNull
    if hasChanged { call = object.withoutNulls }
    // Some write the function's members into the call itself.
    let isFlat = call["function"] == nil && call["name"] != nil
    if isFlat {
      var function = JSONObject()
      for key in ["name", "arguments"] { function[key] = call[key] }
      call = call.without(["name", "arguments"])
      call["function"] = .object(function)
      hasChanged = true
    }
    let functionPath = isFlat ? "" : "/function"
    guard var function = call["function"]?.objectValue else {
      throw RowMisfit(path() + "/function", "a call needs its function: an object with name and arguments")
    }
    var isNewFunction = function.hasNull
    if isNewFunction { function = function.withoutNulls }
    guard function["name"]?.stringValue?.isEmpty == false else {
      throw RowMisfit(path() + functionPath + "/name", "the call names no function")
    }
    let written = function["arguments"]
    let arguments = try arguments(written, at: path() + functionPath + "/arguments")
    if case .string? = written {
      function["arguments"] = .object(arguments)
      isNewFunction = true
    }
    if isNewFunction { call["function"] = .object(function) }
    if let id = call["id"], id.stringValue == nil {
      throw RowMisfit(path() + "/id", "a call's id is text, not \(id.typeName)")
    }
    switch call["type"] {
    case nil: return typed(call)
    case .string("function")?: return hasChanged || isNewFunction ? call : Optional.none
    case _?: throw RowMisfit(path() + "/type", "the type of a call is \"function\"")
    }
  }

  /// For JSON text within a row: less deep than a row may be, so that what is made of it can be read again.
  static let limits = JSONLimits(maximumDepth: 500)

  /// Arguments as an object, from an object or from JSON text.
  static func arguments(_ value: JSONValue?, at path: @autoclosure () -> String) throws(RowMisfit) -> JSONObject {
    switch value {
    case .object(let object)?: return object
    case .string(let text)?:
      let parsed: JSONValue
      do throws(JSONParseError) {
        parsed = try JSONValue(parsing: text, limits: limits)
      } catch {
        throw RowMisfit(path(), "the arguments are text that is no JSON: \(error)")
      }
      if case .object(let object) = parsed { return object }
      throw RowMisfit(path(), "the arguments are an object of values by name, not \(parsed.typeName)")
    case nil: throw RowMisfit(path(), "the arguments are missing; a call without any has {}")
    case let other?: throw RowMisfit(path(), "the arguments are an object of values by name, not \(other.typeName)")
    }
  }

  /// The call with its type, which stands after the id.
  private static func typed(_ call: JSONObject) -> JSONObject {
    var result = JSONObject()
    if let id = call["id"] { result["id"] = id }
    result["type"] = "function"
    for (key, value) in call where key != "id" { result[key] = value }
    return result
  }
}
