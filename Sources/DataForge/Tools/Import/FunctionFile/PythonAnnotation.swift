import OrderedJSON

/// Reads Python's type annotations, as far as JSON has such types.
enum PythonAnnotation {
  /// The schema (empty where anything is allowed), and whether the value may be missing.
  static func read(_ text: String) -> (schema: JSONObject, isOptional: Bool) {
    var isOptional = false
    var words: [String] = []
    for part in split(text, at: ",") {
      let word = part.lowercased()
      if word == "optional" || word.hasPrefix("default") {
        isOptional = true
      } else if word != "required" {
        words.append(part)
      }
    }
    let (schema, allowsNone) = type(words.first ?? "", depth: 0)
    return (schema, isOptional || allowsNone)
  }

  private static let plain: [String: String] = [
    "str": "string", "string": "string", "text": "string", "char": "string", "int": "integer", "integer": "integer",
    "long": "integer", "float": "number", "number": "number", "double": "number", "decimal": "number",
    "complex": "string", "bool": "boolean", "boolean": "boolean", "list": "array", "array": "array", "tuple": "array",
    "set": "array", "sequence": "array", "iterable": "array", "dict": "object", "object": "object", "map": "object",
    "mapping": "object", "dictionary": "object", "none": "null", "nonetype": "null", "null": "null", "date": "string",
    "datetime": "string", "time": "string", "uuid": "string", "bytes": "string",
  ]

  /// The schema of an annotation, and whether it allows `None`.
  private static func type(_ text: String, depth: Int) -> (JSONObject, Bool) {
    guard depth < 16 else { return ([:], false) }
    let alternatives = split(text, at: "|")
    if alternatives.count > 1 { return union(alternatives, depth: depth) }
    let name = text.prefix { $0 != "[" }.trimmed.lowercased().split(separator: ".").last.map(String.init) ?? ""
    let inner = inside(text)
    switch name {
    case "optional":
      return (inner.first.map { type($0, depth: depth + 1).0 } ?? [:], true)
    case "union": return union(inner, depth: depth)
    case "literal":
      let choices = inner.map(literal)
      return (["enum": .array(choices)], choices.contains(.null))
    case "annotated": return inner.first.map { type($0, depth: depth + 1) } ?? ([:], false)
    default: break
    }
    guard let type = plain[name] else { return ([:], false) }
    var schema: JSONObject = ["type": .string(type)]
    if type == "array", let first = inner.first {
      let element = Self.type(first, depth: depth + 1).0
      let isFixed = name == "tuple" && !inner.contains("...")
      if isFixed {
        schema["prefixItems"] = .array(inner.map { .object(Self.type($0, depth: depth + 1).0) })
        schema["minItems"] = .integer(inner.count)
        schema["maxItems"] = .integer(inner.count)
      } else if !element.isEmpty {
        schema["items"] = .object(element)
      }
      if name == "set" { schema["uniqueItems"] = true }
    }
    if type == "object", inner.count == 2 {
      let element = Self.type(inner[1], depth: depth + 1).0
      if !element.isEmpty { schema["additionalProperties"] = .object(element) }
    }
    return (schema, false)
  }

  private static func union(_ parts: [String], depth: Int) -> (JSONObject, Bool) {
    let schemas = parts.map { type($0, depth: depth + 1).0 }
    let known = schemas.filter { $0 != ["type": "null"] }
    let allowsNone = known.count < schemas.count
    guard !known.contains(where: \.isEmpty) else { return ([:], allowsNone) }
    if known.count == 1 { return (known[0], allowsNone) }
    return (["anyOf": .array(known.map { .object($0) })], allowsNone)
  }

  private static func literal(_ text: String) -> JSONValue {
    if let first = text.first, first == "'" || first == "\"" { return .string(String(text.dropFirst().dropLast())) }
    switch text {
    case "None": return .null
    case "True": return true
    case "False": return false
    default: return Int(text).map { .integer($0) } ?? .string(text)
    }
  }

  /// What stands in an annotation's brackets, in parts.
  private static func inside(_ text: String) -> [String] {
    guard let open = text.firstIndex(of: "["), let close = text.lastIndex(of: "]"), open < close else { return [] }
    return split(String(text[text.index(after: open)..<close]), at: ",")
  }

  /// The parts between separators that stand in no brackets and no quotation marks.
  private static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "[(".contains(character) {
        depth += 1
      } else if "])".contains(character) {
        depth -= 1
      } else if character == separator, depth == 0 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map(\.trimmed).filter { !$0.isEmpty }
  }
}
