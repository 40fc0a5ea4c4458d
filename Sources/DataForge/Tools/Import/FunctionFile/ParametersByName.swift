import OrderedJSON

/// Reads parameters that are listed by name, as xLAM and Cohere do: `{"city": {"type": "str, optional", "default": ""}}`.
enum ParametersByName {
  /// The JSON Schema of an object with these members.
  static func schema(_ parameters: JSONObject, _ notes: inout [String]) -> JSONValue {
    var properties = JSONObject()
    var required: [JSONValue] = []
    for (name, parameter) in parameters {
      let written = parameter["type"]?.stringValue ?? "any"
      let (type, isOptional) = PythonAnnotation.read(written)
      var property = type
      if property.isEmpty, written.lowercased() != "any" {
        let note = "type \(written.shown) is read as no type at all"
        if !notes.contains(note) { notes.append(note) }
      }
      for (key, value) in parameter.objectValue ?? [:] where !["type", "required", "default", "optional"].contains(key)
      {
        property[key] = property[key] ?? value
      }
      let given = parameter["default"]
      if let given, let value = fitting(given, property["type"]?.stringValue) { property["default"] = value }
      properties[name] = .object(property)
      let isNeeded = parameter["required"]?.boolValue ?? (!isOptional && given == nil && parameter["optional"] != true)
      if isNeeded { required.append(.string(name)) }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required) }
    return .object(schema)
  }

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
