import OrderedJSON

/// A parameter's type as xLAM writes it: `str`, `List[int]`, `str, optional`, `Optional[float]`.
struct PythonType {
  /// The members of a JSON Schema that say the same; a type that JSON does not know becomes its `$comment`.
  let schema: JSONObject
  let isOptional: Bool

  init(_ text: String) {
    var parts = Self.parts(text)
    var name = parts.isEmpty ? "" : parts.removeFirst()
    var isOptional = parts.contains { $0.lowercased().hasPrefix("optional") || $0.lowercased().hasPrefix("default") }
    if let inner = Self.argument(of: name, "Optional") {
      name = inner
      isOptional = true
    }
    self.isOptional = isOptional
    schema = Self.schema(of: name)
  }

  private static func schema(of name: String) -> JSONObject {
    if let type = names[name.lowercased()] { return ["type": .string(type)] }
    for container in ["List", "list", "Sequence", "Tuple", "tuple", "Set", "set"] {
      guard let inner = argument(of: name, container) else { continue }
      let items = parts(inner).count == 1 ? schema(of: inner) : [:]
      return items.isEmpty || items["$comment"] != nil ? ["type": "array"] : ["type": "array", "items": .object(items)]
    }
    if argument(of: name, "Dict") != nil || argument(of: name, "dict") != nil { return ["type": "object"] }
    return name.isEmpty || name.lowercased() == "any" ? [:] : ["$comment": .string(name)]
  }

  private static let names = [
    "str": "string", "string": "string", "int": "integer", "integer": "integer", "float": "number",
    "number": "number", "bool": "boolean", "boolean": "boolean", "list": "array", "array": "array",
    "tuple": "array", "set": "array", "dict": "object", "object": "object",
  ]

  /// What stands within the brackets of `name[…]`.
  private static func argument(of text: String, _ name: String) -> String? {
    guard text.hasPrefix(name + "["), text.hasSuffix("]") else { return nil }
    return trimmed(text.dropFirst(name.count + 1).dropLast())
  }

  /// The parts between commas that stand in no brackets.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for letter in text {
      if letter == "[" { depth += 1 } else if letter == "]" { depth -= 1 }
      if letter == ",", depth <= 0 {
        parts.append(trimmed(part[...]))
        part = ""
      } else {
        part.append(letter)
      }
    }
    return (parts + [trimmed(part[...])]).filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// The type of a schema in xLAM's words, and whether they say what its `items` say; `nil` where its `type` is none of
  /// JSON's simple names.
  static func text(of schema: JSONObject) -> (text: String, saysItems: Bool)? {
    guard let type = schema["type"]?.stringValue, let name = words[type] else { return nil }
    guard type == "array", let items = schema["items"]?.objectValue, items.count == 1,
      let inner = items["type"]?.stringValue.flatMap({ words[$0] })
    else { return (name, false) }
    return ("List[\(inner)]", true)
  }

  private static let words = [
    "string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict",
  ]
}
