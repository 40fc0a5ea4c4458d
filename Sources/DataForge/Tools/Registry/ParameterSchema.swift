import OrderedJSON

/// Brings the dialects in which tools' parameters are written into plain JSON Schema, and says what it changed.
///
/// Known: Python's type names as the Berkeley leaderboard and xLAM write them (`dict`, `float`, `tuple`, `any`, `int`,
/// `str`, `bool`, `list`) and OpenAPI 3.0's `nullable`. Only places that hold schemas are touched; values of `enum`,
/// `default` and the like stay.
enum ParameterSchema {
  /// The schema in plain terms, and a note for each kind of change.
  static func plain(_ schema: JSONValue) -> (schema: JSONValue, notes: [String]) {
    var notes: [String] = []
    let result = plain(schema, depth: 0, &notes)
    return (result, notes)
  }

  /// The schema with arguments that it does not list forbidden, unless it says what they may be.
  ///
  /// Where the schema has parts that apply to the same object (`allOf`, `$ref`, …), `unevaluatedProperties` sees
  /// through them.
  static func closed(_ schema: JSONValue) -> JSONValue {
    guard var object = schema.objectValue, object["additionalProperties"] == nil,
      object["unevaluatedProperties"] == nil
    else { return schema }
    let isPlain = !object.contains { appliesInPlace.contains($0.key) }
    object[isPlain ? "additionalProperties" : "unevaluatedProperties"] = false
    return .object(object)
  }

  private static let appliesInPlace: Set<String> = [
    "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas",
  ]

  private static let types: [String: String] = [
    "dict": "object", "float": "number", "double": "number", "tuple": "array", "list": "array", "int": "integer",
    "long": "integer", "str": "string", "bool": "boolean", "any": "any",
  ]

  private static let holdsOneSchema: Set<String> = [
    "items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains", "not", "if", "then",
    "else", "propertyNames",
  ]
  private static let holdsSchemaList: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems"]
  private static let holdsNamedSchemas: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
  ]

  // A schema deeper than this is refused by the schema compiler anyway.
  private static let deepest = 256

  private static func plain(_ schema: JSONValue, depth: Int, _ notes: inout [String]) -> JSONValue {
    guard let object = schema.objectValue, depth < deepest else { return schema }
    var result = JSONObject()
    for (key, value) in object {
      if holdsOneSchema.contains(key), value.objectValue != nil {
        result[key] = plain(value, depth: depth + 1, &notes)
      } else if holdsSchemaList.contains(key) || key == "items", let list = value.arrayValue {
        result[key] = .array(list.map { plain($0, depth: depth + 1, &notes) })
      } else if holdsNamedSchemas.contains(key), let named = value.objectValue {
        result[key] = .object(JSONObject(named.map { ($0.key, plain($0.value, depth: depth + 1, &notes)) }))
      } else if key == "type" {
        result[key] = type(value, &notes)
      } else {
        result[key] = value
      }
    }
    return .object(allowingNull(result, &notes))
  }

  /// The type in JSON Schema's words; `nil` where anything is allowed.
  private static func type(_ value: JSONValue, _ notes: inout [String]) -> JSONValue? {
    if let names = value.arrayValue {
      let plain = names.map { type($0, &notes) }
      return plain.contains(nil) ? nil : .array(plain.compactMap { $0 })
    }
    guard let name = value.stringValue, let plain = types[name.lowercased()] else { return value }
    let note =
      plain == "any" ? "type \"\(name)\" is read as no type at all" : "type \"\(name)\" is read as \"\(plain)\""
    if !notes.contains(note) { notes.append(note) }
    return plain == "any" ? nil : .string(plain)
  }

  private static func allowingNull(_ schema: JSONObject, _ notes: inout [String]) -> JSONObject {
    guard schema["nullable"] == true, let type = schema["type"] else { return schema }
    let note = "\"nullable\": true is read as one more type, \"null\""
    if !notes.contains(note) { notes.append(note) }
    var schema = schema
    let types = type.arrayValue ?? [type]
    schema["type"] = .array(types.contains("null") ? types : types + ["null"])
    if let choices = schema["enum"]?.arrayValue, !choices.contains(.null) {
      schema["enum"] = .array(choices + [.null])
    }
    return schema
  }
}
