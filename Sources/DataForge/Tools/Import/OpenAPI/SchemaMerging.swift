import OrderedJSON

/// Writes `allOf` of plain objects as one object, which is what models are shown and arguments are named by.
enum SchemaMerging {
  private static let mergeable: Set<String> = [
    "type", "properties", "required", "title", "description", "examples", "default", "deprecated",
  ]

  /// The schema without its `allOf`; `nil` where there is none, or where its parts are more than plain objects.
  static func merged(_ schema: JSONObject) -> JSONObject? {
    guard let parts = schema["allOf"]?.arrayValue else { return nil }
    var outer = schema
    outer["allOf"] = nil
    if parts.count == 1, let only = parts[0].objectValue, outer.allSatisfy({ isWord($0.key) }) {
      var result = only
      for (key, value) in outer { result[key] = value }
      return result
    }
    var result = JSONObject()
    for part in parts + [.object(outer)] {
      guard let object = part.objectValue, object.allSatisfy({ mergeable.contains($0.key) }),
        object["type"].map({ $0 == "object" }) ?? true
      else { return nil }
      add(object, to: &result)
    }
    result["type"] = "object"
    return result
  }

  /// The schema of an object that is told from others by a property's values.
  static func telling(_ part: JSONValue, by name: String, _ values: [JSONValue]) -> JSONValue {
    guard var object = part.objectValue, object["$ref"] == nil, var properties = object["properties"]?.objectValue,
      var property = (properties[name] ?? [:]).objectValue
    else {
      let telling: JSONValue = ["properties": .object([name: ["enum": .array(values)]]), "required": [.string(name)]]
      return ["allOf": [part, telling]]
    }
    property["enum"] = .array(values)
    properties[name] = .object(property)
    object["properties"] = .object(properties)
    let required = object["required"]?.arrayValue ?? []
    if !required.contains(.string(name)) { object["required"] = .array(required + [.string(name)]) }
    return .object(object)
  }

  private static func isWord(_ key: String) -> Bool {
    ["title", "description", "examples", "default", "deprecated"].contains(key)
  }

  private static func add(_ part: JSONObject, to result: inout JSONObject) {
    for (key, value) in part {
      switch key {
      case "properties":
        var properties = result["properties"]?.objectValue ?? [:]
        for (name, schema) in value.objectValue ?? [:] {
          let known = properties[name]
          properties[name] = known == nil || known == schema ? schema : both(known ?? [:], schema)
        }
        result["properties"] = .object(properties)
      case "required":
        let names = result["required"]?.arrayValue ?? []
        result["required"] = .array(names + (value.arrayValue ?? []).filter { !names.contains($0) })
      default: result[key] = value
      }
    }
  }

  /// Two descriptions of one property: where one only repeats parts of the other, the fuller one.
  private static func both(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
    let (left, right) = (first.objectValue ?? [:], second.objectValue ?? [:])
    if left.allSatisfy({ right[$0.key] == $0.value }) { return second }
    if right.allSatisfy({ left[$0.key] == $0.value }) { return first }
    return ["allOf": .array([first, second])]
  }
}
