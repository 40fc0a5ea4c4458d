import OrderedJSON

/// The tools that a row brings along: under `tools`, `functions` or `function`, or in the words of its system prompt, as
/// Hermes, Glaive, ToolACE and ToolBench have them.
enum WrittenTools {
  /// Where a row names its tools, as they are written.
  struct Place {
    /// A JSON Pointer.
    var path: String
    /// Definitions, JSON text, or a prompt with definitions among its words.
    var written: JSONValue
    /// Whether there need be none.
    var isPrompt = false
  }

  /// Where rows have definitions.
  static let keys = ["tools", "functions", "function"]

  /// Where the row names tools; `nil` where it brings none.
  static func place(in row: ToolRow) -> Place? {
    for key in keys {
      guard let written = row.json[key], !written.isNull, key != "function" || written.arrayValue != nil else {
        continue
      }
      return Place(path: "/" + key, written: written)
    }
    if case .string(let text)? = row.json["system"], speaksOfTools(text) {
      return Place(path: "/system", written: .string(text), isPrompt: true)
    }
    if let system = row.conversation.system, speaksOfTools(system.text) {
      return Place(path: system.place, written: .string(system.text), isPrompt: true)
    }
    guard let first = row.messages?.first, case .string("system")? = first["role"],
      case .string(let text)? = first["content"], speaksOfTools(text)
    else { return nil }
    return Place(path: row.conversation.content(0), written: .string(text), isPrompt: true)
  }

  /// The definitions; `nil` where a prompt holds none after all.
  static func definitions(_ written: JSONValue) -> JSONValue? {
    switch written {
    case .string(let text):
      if let value = try? JSONValue(parsing: text) { return listed(value) }
      let found = definitions(inText: text)
      return found.isEmpty ? nil : .array(found)
    default: return listed(written)
    }
  }

  /// A single definition, or group of them, as a list.
  private static func listed(_ value: JSONValue) -> JSONValue {
    isDefinition(value) || ToolGroups.isGroup(value) ? [value] : value
  }

  private static let marks: [Marker] = ["\"name\"", "'name'"]

  private static func speaksOfTools(_ text: String) -> Bool {
    TextBytes.lend(text) { bytes in marks.contains { bytes.find($0, bytes.all) != nil } }
  }

  /// Definitions as JSON or as Python writes them, wherever they stand among words.
  private static func definitions(inText text: String) -> [JSONValue] {
    TextBytes.lend(text) { bytes in
      var found: [JSONValue] = []
      var at = 0
      // A hostile text can make every bracket look like a beginning up to its end.
      var budget = 4 * bytes.count + 4_096
      while at < bytes.count, budget > 0 {
        guard bytes[at] == UInt8(ascii: "{") || bytes[at] == UInt8(ascii: "["),
          let (value, end) = value(in: bytes, at: at, &budget)
        else {
          at += 1
          continue
        }
        let list = value.arrayValue ?? [value]
        if !list.isEmpty, list.allSatisfy(isDefinition) { found += list }
        at = end
      }
      return found
    }
  }

  private static func value(in text: TextBytes, at start: Int, _ budget: inout Int) -> (JSONValue, end: Int)? {
    let stop = text.endOfJSON(start, text.count)
    budget -= (stop ?? text.count) - start
    if let stop, let value = try? text.json(start..<stop) { return (value, stop) }
    var reader = LiteralReader(text: text, at: start, end: text.count, quotes: ["'", "\""])
    guard let value = reader.value() else {
      budget -= reader.at - start
      return nil
    }
    return (value, reader.at)
  }

  /// Whether it is a function's definition and no call: it has a name, and says what it does, or in a schema what it takes.
  private static func isDefinition(_ value: JSONValue) -> Bool {
    let function = value["function"]?.objectValue == nil ? value : value["function"] ?? value
    guard function["name"]?.stringValue != nil else { return false }
    if function["description"]?.stringValue != nil { return true }
    guard let (parameters, _) = ToolParameters.written(in: function), let object = parameters.objectValue else {
      return false
    }
    return object["type"] == "object" || object["properties"]?.objectValue != nil || ParametersByName.fits(object)
  }
}
