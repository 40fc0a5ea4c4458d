import OrderedJSON

/// Brings the dialects in which tools' parameters are written into plain JSON Schema, and says what it changed.
///
/// Known: parameters by name (`ParametersByName`), the type names of Python and other languages (`PythonType`) as xLAM,
/// the Berkeley leaderboard and Gemini write them, OpenAPI 3.0's `nullable`, and what older drafts say otherwise: boolean `exclusiveMinimum`,
/// `required` within a property, `items` as a list, `id`. Only places that hold schemas are touched; values of `enum`,
/// `default` and the like stay.
enum ParameterSchema {
  /// The schema in plain terms, and a note for each kind of change.
  static func plain(_ schema: JSONValue) -> (schema: JSONValue, notes: [String]) {
    var notes: [String] = []
    var schema = schema
    if let object = schema.objectValue, ParametersByName.fits(object) {
      note("parameters by name (as xLAM writes them) are read as a JSON Schema", &notes)
      schema = ParametersByName.schema(object, &notes)
    }
    return (plain(schema, depth: 0, &notes), notes)
  }

  /// The schema, compiled: with what it does not list forbidden, and formats that count.
  /// - Throws: `JSONSchemaError`.
  static func compiled(
    _ written: JSONValue
  ) throws(JSONSchemaError) -> (schema: JSONSchema, plain: JSONValue, notes: [String]) {
    let (plain, notes) = plain(written)
    return (try JSONSchema(closed(plain), assertFormats: true), plain, notes)
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

  private static let types: Set<String> = ["object", "array", "string", "number", "integer", "boolean", "null"]

  private static let holdsOneSchema: Set<String> = [
    "items", "additionalItems", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains", "not",
    "if", "then",
    "else", "propertyNames",
  ]
  private static let holdsSchemaList: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems"]
  private static let holdsNamedSchemas: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies",
  ]

  /// Where null is a value. Elsewhere it is what libraries write for what is missing.
  private static let mayBeNull: Set<String> = ["const", "default", "example"]

  // A schema deeper than this is refused by the schema compiler anyway.
  private static let deepest = 256

  private static func plain(_ schema: JSONValue, depth: Int, _ notes: inout [String]) -> JSONValue {
    guard let object = schema.objectValue, depth < deepest else { return schema }
    var result = JSONObject()
    // Gemini's order of properties is no part of JSON Schema.
    for (key, value) in object where key != "property_ordering" && key != "propertyOrdering" {
      if value.isNull, !mayBeNull.contains(key) {
        note("what is null in a schema is read as not there", &notes)
      } else if holdsOneSchema.contains(key), value.objectValue != nil {
        result[key] = plain(value, depth: depth + 1, &notes)
      } else if holdsSchemaList.contains(key) || key == "items", let list = value.arrayValue {
        result[key] = .array(list.map { plain($0, depth: depth + 1, &notes) })
      } else if holdsNamedSchemas.contains(key), let named = value.objectValue {
        let members = named.filter { !$0.value.isNull }
        if members.count < named.count { note("what is null in a schema is read as not there", &notes) }
        result[key] = .object(JSONObject(members.map { ($0.key, plain($0.value, depth: depth + 1, &notes)) }))
      } else if key == "type" {
        for (key, value) in type(value, &notes) where key == "type" || object[key]?.isNull != false {
          result[key] = value
        }
      } else if key == "$schema", let uri = value.stringValue, olderDraft(uri) != nil {
        note("a schema of \(olderDraft(uri) ?? "") is read as one of draft 2020-12", &notes)
      } else {
        result[key] = value
      }
    }
    modernise(&result, &notes)
    requiring(&result, object, &notes)
    return .object(allowingNull(result, &notes))
  }

  private static func note(_ text: String, _ notes: inout [String]) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// The draft of a `$schema` before 2019-09, in words.
  private static func olderDraft(_ uri: String) -> String? {
    ["draft-03", "draft-04", "draft-05", "draft-06", "draft-07"].first { uri.contains("json-schema.org/\($0)/") }
  }

  private static let counts = [
    "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties",
  ]

  /// What older drafts, and other dialects, say in other words.
  private static func modernise(_ schema: inout JSONObject, _ notes: inout [String]) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
      guard let isExclusive = schema[exclusive]?.boolValue else { continue }
      schema[exclusive] = isExclusive ? schema[bound] : nil
      if isExclusive { schema[bound] = nil }
      note("a boolean \"\(exclusive)\" is read as belonging to \"\(bound)\"", &notes)
    }
    if let items = schema["items"]?.arrayValue {
      schema["prefixItems"] = schema["prefixItems"] ?? .array(items)
      schema["items"] = schema["additionalItems"]
      schema["additionalItems"] = nil
      note("\"items\" as a list is read as \"prefixItems\"", &notes)
    }
    // Gemini's API counts in texts, as all 64-bit numbers of its JSON.
    for key in counts {
      guard let text = schema[key]?.stringValue, let count = Int(text) else { continue }
      schema[key] = .integer(count)
      note("counts in strings (\"minItems\": \"1\") are read as numbers", &notes)
    }
    // In the schema of a property: whether the property is required. The schema above it hears of it below.
    if schema["required"]?.boolValue != nil { schema["required"] = nil }
    if schema["optional"]?.boolValue != nil { schema["optional"] = nil }
  }

  /// The properties that say of themselves that they are required.
  private static func requiring(
    _ result: inout JSONObject, _ written: JSONObject, _ notes: inout [String]
  ) {
    let named = (written["properties"]?.objectValue ?? [:]).filter { $0.value["required"] == true }.map(\.key)
    guard !named.isEmpty else { return }
    var required = result["required"]?.arrayValue ?? []
    for name in named where !required.contains(.string(name)) { required.append(.string(name)) }
    result["required"] = .array(required)
    note("\"required\": true in a property is read as a name in \"required\"", &notes)
  }

  /// What a type says in JSON Schema's words; nothing where anything is allowed.
  private static func type(_ value: JSONValue, _ notes: inout [String]) -> JSONObject {
    if let names = value.arrayValue {
      let plain = names.map { type($0, &notes)["type"] }
      return plain.contains(nil) ? [:] : ["type": .array(plain.compactMap { $0 })]
    }
    guard let name = value.stringValue, !types.contains(name) else { return ["type": value] }
    let read = PythonType(name)
    // What no language calls a type is a mistake in the schema.
    guard read.isKnown else { return ["type": value] }
    let said = read.schema["type"]?.stringValue.map { "\"\($0)\"" } ?? "no type at all"
    note("type \"\(name)\" is read as \(said)", &notes)
    return read.schema
  }

  private static func allowingNull(_ schema: JSONObject, _ notes: inout [String]) -> JSONObject {
    guard schema["nullable"] == true else { return schema }
    note("\"nullable\": true is read as one more type, \"null\"", &notes)
    var schema = schema
    guard let type = schema["type"] else {
      // OpenAPI 3.0 hears it beside a type only; people mean it beside a reference, too.
      guard ["$ref", "allOf", "anyOf", "oneOf", "enum"].contains(where: { schema[$0] != nil }) else { return schema }
      schema["nullable"] = nil
      return ["anyOf": [.object(schema), ["type": "null"]]]
    }
    let types = type.arrayValue ?? [type]
    schema["type"] = .array(types.contains("null") ? types : types + ["null"])
    if let choices = schema["enum"]?.arrayValue, !choices.contains(.null) {
      schema["enum"] = .array(choices + [.null])
    }
    return schema
  }
}
