import OrderedJSON

/// Python's words for types (`str`, `List[int]`, `Optional[float]`, `str, optional`) as JSON Schema, as far as JSON has
/// such types, and back. The words of other languages that datasets use (`HashMap`, `STRING`) are known, too.
struct PythonType {
  /// The members of a JSON Schema that say the same; empty where anything is allowed.
  let schema: JSONObject
  /// Whether the value may be missing.
  let isOptional: Bool
  /// Whether JSON has such a type; `schema` is empty where not.
  let isKnown: Bool

  init(_ text: String) {
    var isOptional = false
    var words: [String] = []
    for part in Self.split(text, at: ",") {
      let word = part.lowercased()
      if word.hasPrefix("default") || (word.hasPrefix("optional") && !word.contains("[")) {
        isOptional = true
      } else if word != "required" {
        words.append(part)
      }
    }
    let annotation = Self.annotation(words.first ?? "any", depth: 0)
    schema = annotation?.schema ?? [:]
    self.isOptional = isOptional || annotation?.allowsNone == true
    isKnown = annotation != nil
  }

  private static let names: [String: String] = [
    "str": "string", "string": "string", "text": "string", "char": "string", "int": "integer", "integer": "integer",
    "long": "integer", "bigint": "integer", "short": "integer", "float": "number", "number": "number",
    "double": "number", "decimal": "number", "complex": "string", "bool": "boolean", "boolean": "boolean",
    "list": "array", "array": "array", "arraylist": "array", "tuple": "array", "set": "array", "sequence": "array",
    "iterable": "array", "dict": "object", "object": "object", "map": "object", "hashmap": "object",
    "mapping": "object", "dictionary": "object", "none": "null", "nonetype": "null", "null": "null",
    "date": "string", "datetime": "string", "time": "string", "uuid": "string", "bytes": "string",
  ]

  private struct Annotation {
    var schema: JSONObject = [:]
    var allowsNone = false
  }

  /// What an annotation says; `nil` where JSON has no such type.
  private static func annotation(_ text: String, depth: Int) -> Annotation? {
    guard depth < 16 else { return nil }
    let alternatives = split(text, at: "|")
    if alternatives.count > 1 { return union(alternatives, depth: depth) }
    let name = text.prefix { $0 != "[" }.trimmed.lowercased().split(separator: ".").last.map(String.init) ?? ""
    let inner = inside(text)
    switch name {
    case "any": return Annotation()
    case "optional":
      return Annotation(
        schema: inner.first.flatMap { annotation($0, depth: depth + 1) }?.schema ?? [:], allowsNone: true)
    case "union": return union(inner, depth: depth)
    case "literal":
      let choices = inner.map(literal)
      return Annotation(schema: ["enum": .array(choices)], allowsNone: choices.contains(.null))
    case "annotated": return inner.first.flatMap { annotation($0, depth: depth + 1) }
    default: return names[name].map { Annotation(schema: container($0, name, inner, depth: depth)) }
    }
  }

  private static func container(_ type: String, _ name: String, _ inner: [String], depth: Int) -> JSONObject {
    var schema: JSONObject = ["type": .string(type)]
    func element(_ text: String) -> JSONObject { annotation(text, depth: depth + 1)?.schema ?? [:] }
    if type == "array", let first = inner.first {
      if name == "tuple", !inner.contains("...") {
        schema["prefixItems"] = .array(inner.map { .object(element($0)) })
        schema["minItems"] = .integer(inner.count)
        schema["maxItems"] = .integer(inner.count)
      } else if !element(first).isEmpty {
        schema["items"] = .object(element(first))
      }
      if name == "set" { schema["uniqueItems"] = true }
    }
    if type == "object", inner.count == 2, !element(inner[1]).isEmpty {
      schema["additionalProperties"] = .object(element(inner[1]))
    }
    return schema
  }

  private static func union(_ parts: [String], depth: Int) -> Annotation? {
    let read = parts.compactMap { annotation($0, depth: depth + 1) }
    guard read.count == parts.count else { return nil }
    let known = read.map(\.schema).filter { $0 != ["type": "null"] }
    let allowsNone = known.count < read.count
    guard !known.contains(where: \.isEmpty) else { return Annotation(allowsNone: allowsNone) }
    if known.count == 1 { return Annotation(schema: known[0], allowsNone: allowsNone) }
    return Annotation(schema: ["anyOf": .array(known.map { .object($0) })], allowsNone: allowsNone)
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

  // MARK: Writing

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
