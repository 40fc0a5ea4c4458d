import OrderedJSON

/// Reads parameters that are listed by name, as xLAM and Cohere do: `{"city": {"type": "str, optional", "default": ""}}`.
enum ParametersByName {
  /// Whether the members are parameters and not a schema's keywords: each says what type it has, or what it is.
  static func fits(_ object: JSONObject) -> Bool {
    guard !object.isEmpty, object["properties"]?.objectValue == nil || object["type"]?.objectValue != nil else {
      return false
    }
    return object.allSatisfy { key, value in
      guard !schemaKeys.contains(key), let parameter = value.objectValue else { return false }
      return parameter["type"]?.stringValue != nil || parameter["description"]?.stringValue != nil
    }
  }

  /// Keywords of JSON Schema that hold a schema, and so look like a parameter.
  private static let schemaKeys: Set<String> = ["additionalProperties", "propertyNames", "not", "$defs"]

  /// The JSON Schema of an object with these members.
  static func schema(_ parameters: JSONObject, _ notes: inout [String]) -> JSONValue {
    var properties = JSONObject()
    var required: [JSONValue] = []
    for (name, parameter) in parameters {
      let written = parameter["type"]?.stringValue ?? "any"
      let type = PythonType(written)
      var property = type.schema
      if !type.isKnown {
        let note = "type \(written.shown) is read as no type at all"
        if !notes.contains(note) { notes.append(note) }
      }
      for (key, value) in parameter.objectValue ?? [:] where !ownKeys.contains(key) {
        property[key] = property[key] ?? value
      }
      let given = parameter["default"]
      if let given, let value = fitting(given, property["type"]?.stringValue) { property["default"] = value }
      properties[name] = .object(property)
      let isOptional = type.isOptional || given != nil || parameter["optional"] == true
      if parameter["required"]?.boolValue ?? !isOptional { required.append(.string(name)) }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    return .object(schema)
  }

  /// What is read by itself.
  private static let ownKeys: Set<String> = ["type", "required", "default", "optional"]

  /// A default in the type that it should have; `nil` where it is none (`""` for a number).
  private static func fitting(_ value: JSONValue, _ type: String?) -> JSONValue? {
    guard let text = value.stringValue else { return value.isNull ? nil : value }
    switch type {
    case "integer": return Int(text).map { .integer($0) }
    case "number": return Int(text).map { .integer($0) } ?? Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case "boolean": return ["true": true, "false": false][text.lowercased()].map { .bool($0) }
    case "array", "object":
      guard let parsed = try? JSONValue(parsing: text) else { return nil }
      return parsed.typeName == type ? parsed : nil
    default: return value
    }
  }
}
