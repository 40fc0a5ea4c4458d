/// Where schemas stand within a schema.
extension SchemaRegistry {
  /// Keywords whose value is a schema.
  private static let single: Set<String> = [
    "not", "if", "then", "else", "items", "additionalItems", "contains", "additionalProperties", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "contentSchema",
  ]
  /// Keywords whose value is an array of schemas.
  private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
  /// Keywords whose value is an object of schemas.
  private static let maps: Set<String> = [
    "properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions",
  ]

  /// Calls back with the way to each subschema and its value.
  static func forEachSubschema(of schema: JSONObject, _ rules: SchemaRules, _ body: ([String], JSONValue) -> Void) {
    if !rules.refHasSiblings, schema["$ref"]?.stringValue != nil { return }
    for (keyword, value) in schema {
      switch value {
      case .object(let members):
        if maps.contains(keyword) {
          for (key, inner) in members { body([keyword, key], inner) }
        } else if single.contains(keyword) {
          body([keyword], value)
        }
      case .array(let elements) where lists.contains(keyword):
        for (index, inner) in elements.enumerated() { body([keyword, String(index)], inner) }
      default: break
      }
    }
  }

  /// The embedded metaschemas by URI.
  static let metaschemas: [String: JSONValue] = {
    var result: [String: JSONValue] = [:]
    let texts = SchemaMetaschemas2020.documents + SchemaMetaschemas2019.documents + SchemaMetaschemas07.documents
    for text in texts {
      guard let schema = try? JSONValue(parsing: text),
        let uri = schema["$id"]?.stringValue ?? schema["id"]?.stringValue
      else { continue }
      result[SchemaURI(uri).document] = schema
    }
    return result
  }()
}
