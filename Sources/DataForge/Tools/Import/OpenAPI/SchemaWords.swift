import OrderedJSON

/// Brings single keywords of OpenAPI's schemas into JSON Schema's words.
enum SchemaWords {
  /// The keyword as JSON Schema has it; `nil` where there is no such thing.
  static func plain(
    _ key: String, _ value: JSONValue, _ schema: JSONObject, _ schemas: inout SpecSchemas
  ) -> (String, JSONValue)? {
    switch key {
    case _ where key.hasPrefix("x-"): return nil
    case "discriminator", "xml", "externalDocs", "readOnly", "writeOnly", "collectionFormat", "allowEmptyValue":
      return nil
    case "type": return type(value, schema, &schemas).map { ("type", $0) }
    case "example": return schema["examples"] == nil ? ("examples", .array([value])) : nil
    case "examples": return value.arrayValue == nil ? nil : (key, value)
    case "exclusiveMinimum", "exclusiveMaximum":
      let bound = key == "exclusiveMinimum" ? "minimum" : "maximum"
      if value.boolValue == nil { return value.doubleValue == nil ? nil : (key, value) }
      guard value == true, let number = schema[bound] else { return nil }
      return (key, number)
    case "minimum", "maximum":
      let exclusive = key == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum"
      return value.doubleValue == nil || schema[exclusive] == true ? nil : (key, value)
    case "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
      "minContains", "maxContains":
      if let number = value.doubleValue, number >= 0, key != "multipleOf" || number > 0 { return (key, value) }
      return nil
    case "required":
      guard let names = value.arrayValue?.filter({ $0.stringValue != nil }) else {
        schemas.note("\"required\" that is no list of names is left out")
        return nil
      }
      return names.isEmpty ? nil : (key, .array(names))
    case "enum":
      guard let choices = value.arrayValue, !choices.isEmpty else { return nil }
      return (key, value)
    case "pattern":
      guard value.stringValue != nil, (try? JSONSchema(["pattern": value])) != nil else {
        schemas.note("the pattern \(HTTPParameter.text(value).shown) is none that JSON Schema has, and is left out")
        return nil
      }
      return (key, value)
    case "format": return value.stringValue == nil ? nil : (key, value)
    case "description", "title": return value.stringValue.map { (key, .string($0)) }
    case "deprecated", "uniqueItems": return value.boolValue == nil ? nil : (key, value)
    default: return (key, value)
    }
  }

  private static let types: [String: String] = [
    "int": "integer", "long": "integer", "float": "number", "double": "number", "decimal": "number", "str": "string",
    "text": "string", "file": "string", "binary": "string", "date": "string", "datetime": "string",
    "date-time": "string", "uuid": "string", "bool": "boolean", "dict": "object", "map": "object", "list": "array",
  ]
  private static let known: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]

  private static func type(_ value: JSONValue, _ schema: JSONObject, _ schemas: inout SpecSchemas) -> JSONValue? {
    if let list = value.arrayValue {
      let names = list.compactMap { type($0, schema, &schemas) }
      return names.count == list.count && !names.isEmpty ? .array(names) : nil
    }
    guard let name = value.stringValue else { return nil }
    if known.contains(name) { return value }
    guard let plain = types[name.lowercased()] ?? (known.contains(name.lowercased()) ? name.lowercased() : nil) else {
      schemas.note("type \(name.shown) is read as no type at all")
      return nil
    }
    if name != "file" { schemas.note("type \(name.shown) is read as \"\(plain)\"") }
    return .string(plain)
  }

  /// Whether a choice says nothing but `nullable`. OpenAPI 3.0 takes everything there; whoever writes that means `null`.
  static func isOnlyNullable(_ choice: JSONValue) -> Bool {
    guard let object = choice.objectValue, object["nullable"] == true else { return false }
    return object.allSatisfy { ["nullable", "title", "description"].contains($0.key) }
  }

  /// The schema with `null` allowed as well.
  static func allowingNull(_ schema: JSONObject) -> JSONValue {
    if schema["$ref"] != nil || schema["allOf"] != nil || schema["oneOf"] != nil || schema["anyOf"] != nil {
      var inner = schema
      var outer = JSONObject()
      for key in ["description", "title", "default", "deprecated", "examples"] {
        outer[key] = inner[key]
        inner[key] = nil
      }
      outer["anyOf"] = .array([.object(inner), ["type": "null"]])
      return .object(outer)
    }
    guard let type = schema["type"] else { return .object(schema) }
    var schema = schema
    let types = type.arrayValue ?? [type]
    schema["type"] = .array(types.contains("null") ? types : types + ["null"])
    if let choices = schema["enum"]?.arrayValue, !choices.contains(.null) {
      schema["enum"] = .array(choices + [.null])
    }
    return .object(schema)
  }
}
